import type { HistogramFigures } from '../observe/metrics-text.ts';
import type { ProcessResult } from '../observe/watch.ts';
import type { LoadResult } from '../load/load-job.ts';

/** Capacity units that one table or index consumed. */
export interface CapacityUse {
  readonly table: string;
  /** Empty for the table itself. */
  readonly index: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** The metrics of the apps during a phase. */
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
  /** Load beside it. */
  readonly beside?: LoadResult;
  readonly processes: Readonly<Record<string, ProcessResult>>;
  readonly counted: Counted;
}
