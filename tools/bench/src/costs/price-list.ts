import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../script-path.ts';

/** One price, in US dollars for a unit. */
export interface Price {
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
}

/** A line of the bill before and after. */
export interface ComparedLine {
  readonly what: string;
  readonly before: string;
  readonly beforeUsd: number;
  readonly after: string;
  readonly afterUsd: number;
}

/** How many of what is paid for. */
export interface Fleet {
  readonly tasksPerService: number;
  readonly brokers: number;
  readonly cacheNodes: number;
}

/** The prices that are paid for by the use. */
export type PriceName =
  | 'fargateVcpuHour'
  | 'fargateGbHour'
  | 'brokerHour'
  | 'brokerGbMonth'
  | 'cacheNodeHour'
  | 'loadBalancerHour'
  | 'loadBalancerUnitHour'
  | 'addressHour'
  | 'readMillion'
  | 'writeMillion'
  | 'tableGbMonth'
  | 'transferGb'
  | 'mailThousand'
  | 'logGb';

/** `prices.json` of this project. */
export interface PriceList {
  readonly region: string;
  readonly asOf: string;
  readonly note: string;
  readonly hoursPerMonth: number;
  readonly prices: Readonly<Record<PriceName, Price>>;
  readonly likeForLike: { readonly note: string; readonly lines: readonly ComparedLine[] };
  readonly assumptions: {
    readonly transferGbBefore: number;
    readonly enrollmentsPerMonth: number;
    readonly mailsPerEnrollment: number;
    readonly tableGb: number;
    readonly logGb: number;
    readonly loadBalancerUnits: number;
    readonly least: Fleet;
    readonly redundant: Fleet;
    readonly taskVcpu: number;
    readonly taskGb: number;
    readonly brokerGb: number;
  };
}

/** Reads the prices. */
export function readPriceList(): PriceList {
  return JSON.parse(readFileSync(join(projectRoot, 'prices.json'), 'utf8')) as PriceList;
}
