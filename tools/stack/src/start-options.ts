import { parseArgs } from 'node:util';
import { StackFault } from './stack-fault.ts';
import { appNames } from './system/app-names.ts';
import type { AppName } from './system/app-names.ts';
import { demoPassword } from './system/options.ts';

/** What `npm start` was asked for. */
export interface StartOptions {
  readonly gatewayPort: number;
  readonly mailPagePort: number;
  readonly instances: Partial<Record<AppName, number>>;
  /** Where a local provider of OpenID Connect is to listen; undefined where there is none. */
  readonly campusPort: number | undefined;
}

const mostInstances = 16;
const shortestPassword = 12;

function portFaults(name: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  const isPort = /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
  return isPort ? [] : [`${name} must be a whole number from 1 to 65535, not "${value}".`];
}

function isAppName(name: string): name is AppName {
  return appNames.some((app) => app === name);
}

function readInstances(lists: readonly string[]): { instances: StartOptions['instances']; faults: string[] } {
  const instances: Partial<Record<AppName, number>> = {};
  const faults: string[] = [];
  for (const part of lists.flatMap((each) => each.split(','))) {
    const [name = '', count = ''] = part.split('=');
    const number = /^\d{1,2}$/.test(count) ? Number(count) : 0;
    if (!isAppName(name) || number < 1 || number > mostInstances) {
      faults.push(
        `--instances must be like enrollments=2 (an app of ${appNames.join(', ')}; 1 to ${mostInstances}), not "${part}".`,
      );
    } else instances[name] = number;
  }
  return { instances, faults };
}

interface Arguments {
  readonly instances: string[];
  readonly oidc: boolean;
  readonly faults: string[];
}

function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        instances: { type: 'string', multiple: true, default: [] },
        oidc: { type: 'boolean', default: false },
      },
    });
    return { instances: values.instances, oidc: values.oidc, faults: [] };
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('. ');
    const usage = 'Usage: npm start -- [--instances enrollments=2] [--oidc]';
    return { instances: [], oidc: false, faults: [`${reason}. ${usage}`] };
  }
}

/**
 * Reads the arguments and variables of `npm start`.
 *
 * @throws StackFault that names everything that is wrong with them
 */
export function startOptions(
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = readArguments(args);
  const { instances, faults } = readInstances(read.instances);
  const password = env['DEMO_PASSWORD'] ?? demoPassword;
  const [first, ...others] = [
    ...read.faults,
    ...faults,
    ...portFaults('PORT', env['PORT']),
    ...portFaults('MAIL_PAGE_PORT', env['MAIL_PAGE_PORT']),
    ...portFaults('OIDC_PORT', env['OIDC_PORT']),
    ...(password.length < shortestPassword
      ? [`DEMO_PASSWORD must have at least ${shortestPassword} characters.`]
      : []),
    ...(env['NODE_ENV'] === 'production'
      ? ['This stack loads demo accounts: it does not run with NODE_ENV=production.']
      : []),
  ];
  if (first !== undefined) throw new StackFault(first, ...others);
  return {
    gatewayPort: Number(env['PORT'] ?? 3000),
    mailPagePort: Number(env['MAIL_PAGE_PORT'] ?? 1080),
    instances,
    campusPort: read.oidc ? Number(env['OIDC_PORT'] ?? 3090) : undefined,
  };
}
