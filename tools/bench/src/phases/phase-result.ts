import type { HistogramFigures } from '../observe/metrics-text.ts';
import type { Trend } from '../observe/trend.rules.ts';
import type { LoadResult } from '../load/load-job.ts';

/** What one process did during a phase. */
export interface ProcessResult {
  /** CPU seconds in all. */
  readonly cpuSeconds: number;
  /** Share of one core, on average and in the busiest second. */
  readonly cpuAverage: number;
  readonly cpuMost: number;
  /** `[second, share of one core]`, at most 120 points. */
  readonly cpuOverTime: readonly (readonly [number, number])[];
  /** Memory at the end, megabytes, and how it moved over the last half. */
  readonly memoryMegabytes: number;
  readonly memoryTrend: Trend;
  /** Sockets that appeared after the first seconds. */
  readonly newSockets: number;
}

/** Capacity units that one table or index gave. */
export interface CapacityUse {
  readonly table: string;
  /** Empty for the table itself. */
  readonly index: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** What the apps counted during a phase. */
export interface Counted {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly byTable: readonly CapacityUse[];
  /** Calls to DynamoDB by operation: `{Query: 3}`. */
  readonly databaseCalls: Readonly<Record<string, number>>;
  readonly throttles: number;
  /** Time of reads from Redis, seconds. */
  readonly redisGet: HistogramFigures;
  /** Hits of the services' caches by level, and misses, over all caches. */
  readonly cacheHits: Readonly<Record<string, number>>;
  readonly cacheMisses: number;
  readonly cacheStale: number;
  /** From commit to Kafka's acknowledgement, seconds. */
  readonly published: HistogramFigures;
}

/** One measured part of a run. */
export interface PhaseResult {
  readonly load: LoadResult;
  /** Requests that went on beside it. */
  readonly beside?: LoadResult;
  readonly processes: Readonly<Record<string, ProcessResult>>;
  readonly counted: Counted;
}
