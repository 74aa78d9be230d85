import { oldestJava } from './pins.ts';
import type { PartName, Source } from './part.ts';
import { partNames, variablesOf } from './part.ts';

/** What this machine has to start backing services with. */
export interface Machine {
  /** A Docker engine answers, and has compose. */
  readonly docker: boolean;
  /** The major version of the Java on the PATH. */
  readonly java: number | undefined;
  readonly maven: boolean;
  /** `redis-server` or `valkey-server` is on the PATH. */
  readonly redis: boolean;
  /** What Maven fetched before needs no Maven again. */
  readonly fetched: Readonly<Record<'redis' | 'kafka' | 'dynamodb', boolean>>;
}

const titles: Record<PartName, string> = {
  redis: 'Redis',
  kafka: 'Kafka',
  dynamodb: 'DynamoDB Local',
  mail: 'MailDev',
};

/** What a part needs to run as a process of our own and this machine does not have. */
function missing(part: PartName, machine: Machine): string[] {
  if (part === 'mail' || (part === 'redis' && machine.redis)) return [];
  const needsJava = part !== 'redis' && (machine.java === undefined || machine.java < oldestJava);
  const java = machine.java === undefined ? '' : ` (this is ${machine.java})`;
  return [
    ...(needsJava ? [`Java ${oldestJava} or later${java}`] : []),
    ...(machine.fetched[part] || machine.maven ? [] : ['Maven']),
  ];
}

/**
 * Where each part comes from: external addresses first, then a Docker engine, then processes of our own.
 *
 * The answer is one sentence that says what to install when a part can come from nowhere.
 */
export function chooseSources(
  external: ReadonlySet<PartName>,
  machine: Machine,
): { sources: Record<PartName, Source> } | { fault: string } {
  const own: Source = machine.docker ? 'compose' : 'native';
  const sources = Object.fromEntries(
    partNames.map((part) => [part, external.has(part) ? 'external' : own]),
  ) as Record<PartName, Source>;
  const stuck = partNames.filter((part) => sources[part] === 'native' && missing(part, machine).length > 0);
  if (stuck.length === 0) return { sources };
  const needs = [...new Set(stuck.flatMap((part) => missing(part, machine)))].join(' and ');
  const names = new Intl.ListFormat('en').format(stuck.map((part) => titles[part]));
  const variables = stuck.map((part) => variablesOf[part][0]).join(', ');
  return {
    fault: `${names} cannot be started here: install ${needs}, or Docker with compose, or give addresses in ${variables}.`,
  };
}
