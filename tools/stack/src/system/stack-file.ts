import { join } from 'node:path';
import type { Backing, PartName } from '../backing/part.ts';
import type { Child } from '../process/child.ts';
import { localDirectory } from '../workspace.ts';
import type { PerApp } from './app-names.ts';
import { perApp } from './app-names.ts';

/** The record of the system that `npm start` runs. */
export const stackFile: string = join(localDirectory, 'stack.json');

/** One running instance of an app. */
export interface InstanceRecord {
  readonly url: string;
  readonly metricsUrl: string;
  readonly pid: number;
}

/** What `.local/stack.json` holds. A backing service has a pid only where it is a process of ours. */
export type StackRecord = PerApp<InstanceRecord & { readonly instances?: readonly InstanceRecord[] }> & {
  readonly redis: { readonly url: string; readonly pid?: number };
  readonly kafka: { readonly brokers: string; readonly pid?: number };
  readonly dynamodb: { readonly url: string; readonly pid?: number };
  readonly mail: { readonly smtpUrl: string; readonly pageUrl: string | null; readonly pid?: number };
  /** The local provider of OpenID Connect, where there is one. */
  readonly campus?: { readonly url: string; readonly pid: number };
};

/** A local provider of OpenID Connect that runs. */
export interface RunningCampus {
  readonly url: string;
  readonly child: Child;
}

function pidOf({ children }: Backing, part: PartName): { pid?: number } {
  const child = children[part];
  return child === undefined ? {} : { pid: child.pid };
}

/** The record of a running system. `instances` is there where an app runs more than once. */
export function stackRecord(
  apps: PerApp<readonly InstanceRecord[]>,
  backing: Backing,
  campus?: RunningCampus,
): StackRecord {
  const { addresses } = backing;
  const record = perApp((app) => {
    const [first, ...others] = apps[app];
    if (first === undefined) throw new Error(`No instance of ${app} runs.`);
    return others.length === 0 ? { ...first } : { ...first, instances: [first, ...others] };
  });
  return {
    ...record,
    redis: { url: addresses.REDIS_URL, ...pidOf(backing, 'redis') },
    kafka: { brokers: addresses.KAFKA_BROKERS, ...pidOf(backing, 'kafka') },
    dynamodb: { url: addresses.DYNAMODB_ENDPOINT, ...pidOf(backing, 'dynamodb') },
    mail: {
      smtpUrl: addresses.SMTP_URL,
      pageUrl: addresses.MAIL_PAGE_URL ?? null,
      ...pidOf(backing, 'mail'),
    },
    ...(campus && { campus: { url: campus.url, pid: campus.child.pid } }),
  };
}
