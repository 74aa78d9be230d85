import { StackFault } from '../stack-fault.ts';
import { until } from '../process/wait.ts';
import type { Addresses, PartName } from './part.ts';
import { partNames, variablesOf } from './part.ts';
import { faultOf } from './probes.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const schemes: Partial<Record<keyof Addresses, readonly string[]>> = {
  REDIS_URL: ['redis:', 'rediss:'],
  JOBS_REDIS_URL: ['redis:', 'rediss:'],
  DYNAMODB_ENDPOINT: ['http:', 'https:'],
  SMTP_URL: ['smtp:', 'smtps:'],
  MAIL_PAGE_URL: ['http:', 'https:'],
};

function formFault(variable: keyof Addresses, value: string): string | undefined {
  const allowed = schemes[variable];
  if (allowed === undefined) {
    const brokers = value.split(',').every((broker) => /^[^\s:,]+:\d{1,5}$/.test(broker.trim()));
    return brokers
      ? undefined
      : `${variable} must be host:port, or several with commas between, not "${value}".`;
  }
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (allowed.includes(protocol)) return undefined;
  return `${variable} must be an address that starts with ${allowed.join('// or ')}//.`;
}

/** Database 1 of the same server: where jobs are kept when only the address of the cache was given. */
function jobsOn(redisUrl: string): string {
  const url = new URL(redisUrl);
  url.pathname = '/1';
  return url.href;
}

/**
 * The parts whose address is given in the environment, not yet asked whether they answer.
 *
 * @throws StackFault that names every address of a wrong form
 */
export function externalAddresses(env: Environment): Partial<Addresses> {
  const external: Partial<Addresses> = {};
  for (const variable of partNames.flatMap((part): readonly (keyof Addresses)[] => variablesOf[part])) {
    const value = env[variable];
    if (value !== undefined && value !== '') external[variable] = value;
  }
  const faults = Object.entries(external).flatMap(
    ([name, value]) => formFault(name as keyof Addresses, value) ?? [],
  );
  const [first, ...others] = faults;
  if (first !== undefined) throw new StackFault(first, ...others);
  if (external.REDIS_URL !== undefined) external.JOBS_REDIS_URL ??= jobsOn(external.REDIS_URL);
  return external;
}

/** The parts that those addresses name. */
export function externalParts(external: Partial<Addresses>): Set<PartName> {
  return new Set(partNames.filter((part) => external[variablesOf[part][0]] !== undefined));
}

/**
 * Waits until every external part answers.
 *
 * @throws StackFault that names each one that does not within `timeoutMs`
 */
export async function requireReachable(external: Partial<Addresses>, timeoutMs: number): Promise<void> {
  const faults = await Promise.all(
    [...externalParts(external)].map(async (part) => {
      const variable = variablesOf[part][0];
      const address = external[variable] ?? '';
      let fault: string | undefined;
      const answers = async (): Promise<boolean> => (fault = await faultOf(part, address)) === undefined;
      if (await until(answers, { timeoutMs, everyMs: 250 })) return undefined;
      const place = variable === 'KAFKA_BROKERS' ? address : new URL(address).host;
      return `${variable} is given, but nothing answers at ${place} (${fault}): start it, or unset ${variable}.`;
    }),
  );
  const [first, ...others] = faults.filter((fault) => fault !== undefined);
  if (first !== undefined) throw new StackFault(first, ...others);
}
