import type { LoadResult } from '../load/load-job.ts';
import type { HistogramFigures } from '../observe/metrics-text.ts';

/** One rush on one course. */
export interface Rush {
  readonly capacity: number;
  readonly load: LoadResult;
  /** Students who were answered 201, and those who were answered 409. */
  readonly enrolled: number;
  readonly refused: number;
  /** Difference between the students answered 201 and those enrolled. */
  readonly lost: number;
}

/** The results of one of the two ways. */
export interface WayResult {
  /** 600 at once for 600 seats, several times. */
  readonly everybody: readonly Rush[];
  /** 600 at once for 100 seats. */
  readonly few: Rush;
  /** Five courses for each student, over 200 courses. */
  readonly spread: LoadResult;
  /** One enrollment after the other, without other load. */
  readonly alone: LoadResult;
}

/** CPU of our apps for a seat in a rush of half of the students with all that follows, ms; by turns. */
export interface JudgedCost {
  /** Completed courses of each student of the other half. */
  readonly completions: number;
  /** Nothing is asked of the students. */
  readonly plainMs: readonly number[];
  /** Every student has a record; the window goes by tickets; the course has a requirement and a restriction. */
  readonly judgedMs: readonly number[];
}

/** From the commit to Kafka's acknowledgement, seconds, by the load meanwhile. */
export interface Published {
  readonly spread: HistogramFigures;
  readonly rushes: HistogramFigures;
  readonly alone: HistogramFigures;
}

/** The results of a registration run. */
export interface RegistrationResult {
  readonly students: number;
  readonly courses: number;
  readonly gateway: WayResult;
  readonly naive: WayResult;
  /** The rushes of everybody through the gateway, to a system whose enrollments service has no queue. */
  readonly withoutQueue: readonly Rush[];
  /** As a rush of everybody through the gateway, with the notifications service halted until it is over. */
  readonly unfollowed: Rush;
  /** The transaction of one enrollment by itself, straight to DynamoDB: `LoadResult.latency` without HTTP. */
  readonly bareTransactionMs: { readonly p50: number; readonly p95: number; readonly average: number };
  readonly published: Published;
  readonly judged: JudgedCost;
}
