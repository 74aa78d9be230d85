import type { LatencySummary } from '../load/latencies.ts';
import type { LoadResult } from '../load/load-job.ts';
import type { OverloadOptions } from '../options/bench-options.ts';

/** CPU for an enrollment with all that follows from it, idle taken off, milliseconds by process. */
export type EnrollmentCost = Readonly<Record<string, number>>;

/** Enrollments that were asked for in a phase. */
export interface Writes {
  readonly asked: number;
  readonly enrolled: number;
  /** Answers 503 with `Retry-After`. */
  readonly refused: number;
  /** Everything else: other statuses, no answer in time. */
  readonly failed: number;
  /** Enrolled a second, while they were asked for. */
  readonly goodput: number;
  readonly enrolledLatency: LatencySummary;
  readonly refusedLatency: LatencySummary;
}

/** Reads beside enrollments at so many times what the machine can do. */
export interface OverloadPhase {
  readonly times: number;
  readonly ratePerSecond: number;
  readonly reads: LoadResult;
  readonly writes: Writes;
  /** Share of one processor that each process used. */
  readonly cpu: Readonly<Record<string, number>>;
  /** From the end of the load until the machine is idle again, seconds. */
  readonly recoverySeconds: number;
  /** Enrollments that were acknowledged and are not in the store, or have no notification, or no mail. */
  readonly lost: number;
}

/** The results of `npm run bench -- overload`. */
export interface OverloadResult {
  readonly options: OverloadOptions;
  /** At 30 a second over 60 courses, and of 600 at once for one course. */
  readonly cost: { readonly spread: EnrollmentCost; readonly rush: EnrollmentCost };
  /** Enrollments a second beside the reads, asked for by 16 connections without a pause. */
  readonly capacity: number;
  readonly phases: readonly OverloadPhase[];
}
