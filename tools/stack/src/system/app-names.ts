import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace.ts';

/** The apps, in the order in which they are stopped: first the one that takes requests from outside. */
export const appNames = ['gateway', 'courses', 'enrollments', 'notifications'] as const;
export type AppName = (typeof appNames)[number];

/** One value for each app. */
export type PerApp<Value> = Readonly<Record<AppName, Value>>;

/** Makes one value for each app. */
export function perApp<Value>(make: (app: AppName) => Value): Record<AppName, Value> {
  return Object.fromEntries(appNames.map((app) => [app, make(app)])) as Record<AppName, Value>;
}

/** The folder of the built portal; undefined where it is not built. */
export function builtPortal(): string | undefined {
  const directory = join(workspaceRoot, 'apps', 'portal', 'dist');
  return existsSync(join(directory, 'portal.json')) ? directory : undefined;
}

/** The built program of an app. */
export function programOf(app: AppName): string {
  return join(workspaceRoot, 'apps', app, 'dist', 'main.js');
}
