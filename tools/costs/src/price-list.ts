import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a month uses, as far as it was measured. */
export interface MonthlyUse {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** To the clients. */
  readonly transferGb: number;
}

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

/** The prices that are paid for by the use. */
export type PriceName =
  | 'fargateVcpuHour'
  | 'fargateGbHour'
  | 'brokerHour'
  | 'brokerGbMonth'
  | 'serverlessKafkaHour'
  | 'serverlessPartitionHour'
  | 'serverlessKafkaInGb'
  | 'serverlessKafkaOutGb'
  | 'cacheNodeHour'
  | 'loadBalancerHour'
  | 'loadBalancerUnitHour'
  | 'addressHour'
  | 'natGatewayHour'
  | 'natGb'
  | 'readMillion'
  | 'writeMillion'
  | 'readUnitHour'
  | 'writeUnitHour'
  | 'tableGbMonth'
  | 'restorableGbMonth'
  | 'transferGb'
  | 'cdnGb'
  | 'cdnTenThousandRequests'
  | 'mailThousand'
  | 'logGb'
  | 'metricMonth'
  | 'alarmMonth'
  | 'dashboardMonth'
  | 'secretMonth'
  | 'keyMonth';

/** `prices.json` of this project. */
export interface PriceList {
  readonly region: string;
  readonly asOf: string;
  readonly note: string;
  readonly hoursPerMonth: number;
  readonly prices: Readonly<Record<PriceName, Price>>;
  readonly likeForLike: { readonly note: string; readonly lines: readonly ComparedLine[] };
  /** A month of use, for who has none of their own measured. */
  readonly typicalMonth: MonthlyUse & { readonly note: string };
  readonly assumptions: {
    readonly transferGbBefore: number;
    readonly enrollmentsPerMonth: number;
    readonly mailsPerEnrollment: number;
    readonly tableGb: number;
    readonly logGb: number;
    readonly loadBalancerUnits: number;
    /** What passes a NAT gateway: mails, logs, calls of AWS; images and DynamoDB have ways of their own. */
    readonly natGb: number;
    /** What Kafka takes in; every service reads it once. */
    readonly kafkaGb: number;
    /** Metrics of Container Insights, of one service. */
    readonly metricsPerService: number;
  };
}

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'prices.json');

/** Reads the prices. */
export function readPriceList(): PriceList {
  return JSON.parse(readFileSync(file, 'utf8')) as PriceList;
}
