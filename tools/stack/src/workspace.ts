import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);

/** The root of the checkout: this file is tools/stack/src (or dist)/workspace. */
export const workspaceRoot: string = dirname(dirname(dirname(dirname(own))));

/** Where everything that runs keeps its data, logs and records; ignored by git. */
export const localDirectory: string = join(workspaceRoot, '.local');

/** The folder of the Maven project that names the Java artifacts. */
export const mavenDirectory: string = join(workspaceRoot, 'tools', 'stack', 'maven');

/** The path of a script of this package, source or built, as the running one is: `scriptPath('process/reaper')`. */
export function scriptPath(name: string): string {
  return join(dirname(own), `${name}${extname(own)}`);
}
