import { randomBytes } from 'node:crypto';
import type { Terminal } from '../terminal.ts';
import { silentTerminal } from '../terminal.ts';
import type { Addresses } from '../backing/part.ts';
import type { AppName, PerApp } from './app-names.ts';
import { perApp, programOf } from './app-names.ts';
import type { SystemPrefixes } from './system.ts';

/** The e-mail address of the first administrator of a local system. */
export const adminEmail = 'admin@registrar.example';

/** The password of the demo accounts when `DEMO_PASSWORD` says nothing else. */
export const demoPassword = 'registrar-demo-2026';

/** How to start a system. What is left out is as a test wants it: a passing system that disturbs nobody. */
export interface SystemOptions {
  /** Its folder under `.local`, and what it is called in messages. */
  readonly name: string;
  /** How often each app runs; once when nothing is said. */
  readonly instances?: Partial<PerApp<number>>;
  /** Variables for all apps, over those of this process. Addresses of backing services may be given here too. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Variables of single instances, over all others: a proxy in front of a backing service, a module to load.
   * Asked once the backing services are up, before the apps start.
   */
  readonly instanceEnv?: InstanceEnv;
  /** Free ports, or the usual ones with the gateway and MailDev's page exactly where said. */
  readonly ports?: 'free' | { readonly gateway: number; readonly mailPage: number };
  /** Where a local provider of OpenID Connect listens, by which people sign in; left out, there is none. */
  readonly campusPort?: number | undefined;
  /** Whether data outlives the system. One that keeps none also has names of its own in what it shares. */
  readonly keepsData?: boolean;
  /** Whether to build the apps first; unless told, it is done when `REGISTRAR_APPS_BUILT` is not `true`. */
  readonly build?: boolean;
  /** Loads demo data into the running system. */
  readonly seed?: (system: SeedTarget) => Promise<void>;
  /** The programs to run as apps, for tests of this tool. */
  readonly programs?: PerApp<string>;
  readonly terminal?: Terminal;
  /** Aborted when the start is no longer wanted. */
  readonly signal?: AbortSignal;
  /** Where to keep the system's record up to date while it runs. */
  readonly recordFile?: string;
}

/** Which instance of an app is meant; `number` counts from 0. */
export interface InstanceName {
  readonly app: AppName;
  readonly number: number;
}

/** Gives the variables of one instance, knowing where the backing services are. */
export type InstanceEnv = (
  instance: InstanceName,
  addresses: Addresses,
) => Promise<Readonly<Record<string, string>>>;

/** What the loading of demo data is told. */
export interface SeedTarget {
  readonly gatewayUrl: string;
  readonly coursesUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Where the tables are. */
  readonly store: Pick<Addresses, 'DYNAMODB_ENDPOINT'> & Pick<SystemPrefixes, 'TABLE_PREFIX'>;
  readonly terminal: Terminal;
}

/** Options with nothing left out. */
export type WholeOptions = Required<
  Omit<SystemOptions, 'instances' | 'env' | 'seed' | 'recordFile' | 'campusPort'>
> & {
  readonly instances: PerApp<number>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly prefixes: SystemPrefixes;
  readonly seed: SystemOptions['seed'] | undefined;
  readonly recordFile: string | undefined;
  readonly campusPort: number | undefined;
};

const nothingMore: InstanceEnv = () => Promise.resolve({});
const neverAborted = new AbortController().signal;

/** Names of a system's own, where it shares backing services and leaves nothing behind. */
function ownPrefixes(name: string): SystemPrefixes {
  const tag = `${name}-${randomBytes(3).toString('hex')}`;
  return {
    TABLE_PREFIX: `${tag}_`,
    TOPIC_PREFIX: `${tag}.`,
    CACHE_PREFIX: `${tag}:`,
    JOBS_PREFIX: `${tag}-jobs`,
  };
}

const usualPrefixes: SystemPrefixes = {
  TABLE_PREFIX: 'registrar_',
  TOPIC_PREFIX: '',
  CACHE_PREFIX: 'registrar:',
  JOBS_PREFIX: 'registrar-jobs',
};

/** Fills in what was left out; `processEnv` is the environment of the launcher. */
export function wholeOptions(
  options: SystemOptions,
  processEnv: Readonly<Record<string, string | undefined>>,
): WholeOptions {
  const env = { ...processEnv, ...options.env };
  const keepsData = options.keepsData ?? false;
  const byName = keepsData ? usualPrefixes : ownPrefixes(options.name);
  return {
    name: options.name,
    ports: options.ports ?? 'free',
    keepsData,
    build: options.build ?? env['REGISTRAR_APPS_BUILT'] !== 'true',
    seed: options.seed,
    instanceEnv: options.instanceEnv ?? nothingMore,
    programs: options.programs ?? perApp(programOf),
    terminal: options.terminal ?? silentTerminal,
    signal: options.signal ?? neverAborted,
    recordFile: options.recordFile,
    campusPort: options.campusPort,
    instances: perApp((app: AppName) => options.instances?.[app] ?? 1),
    env,
    prefixes: {
      TABLE_PREFIX: env['TABLE_PREFIX'] ?? byName.TABLE_PREFIX,
      TOPIC_PREFIX: env['TOPIC_PREFIX'] ?? byName.TOPIC_PREFIX,
      CACHE_PREFIX: env['CACHE_PREFIX'] ?? byName.CACHE_PREFIX,
      JOBS_PREFIX: env['JOBS_PREFIX'] ?? byName.JOBS_PREFIX,
    },
  };
}
