import type { LoadResult } from '../load/load-job.ts';

/** CPU of our apps for a seat in a rush of half of the students with all that follows, ms; by turns. */
export interface SectionCost {
  /** The course has no links and no reservations. */
  readonly plainMs: readonly number[];
  /** The course has reserved seats, and another one named it as a linked section once. */
  readonly sectionMs: readonly number[];
}

/** Enrollments at a fixed rate in other courses, during a rush or as long without one. */
export interface PlainEnrolls {
  readonly load: LoadResult;
  /** Enrolled a second as long as the rush takes. */
  readonly perSecond: number;
  readonly enrolled: number;
  /** Refused as too many. */
  readonly unavailable: number;
}

/** One rush on a lecture with one of its labs. */
export interface BundleRush {
  /** An answer after ten seconds is none. */
  readonly load: LoadResult;
  /** Those of which the gateway gave up waiting (504) are not. */
  readonly answeredInTime: number;
  /** Answered 503. */
  readonly unavailable: number;
  /** Answered 200. */
  readonly taken: number;
  /** Students in the lecture, and on its waitlist, by the store. */
  readonly enrolled: number;
  readonly waiting: number;
  /** Difference between `taken` and those, as far as answers that came too late do not explain it. */
  readonly lost: number;
  /** Transactions that the enrollments service sent meanwhile, those that were refused by a condition too. */
  readonly transactions: number;
  /** CPU of the enrollments service and of the store meanwhile, with all that follows, seconds. */
  readonly cpuSeconds: { readonly enrollments: number; readonly dynamodb: number };
  /** Others, before the rush and during it; undefined where there were none. */
  readonly alone?: PlainEnrolls;
  readonly beside?: PlainEnrolls;
}

/** Rushes of bundles on a system with so many instances of the enrollments service. */
export interface BundleRun {
  readonly instances: number;
  readonly students: number;
  readonly labs: number;
  readonly plainRate: number;
  readonly plainCourses: number;
  readonly rushes: readonly BundleRush[];
}

/** The results of the part of `npm run bench:registration` that is about sections. */
export interface SectionsResult {
  readonly cost: SectionCost;
  /** With one and with two instances of the enrollments service. */
  readonly bundles: readonly BundleRun[];
}
