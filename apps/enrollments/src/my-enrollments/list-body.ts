import type { Enrollment } from '@registrar/contracts-enrollments';
import { enrollmentView } from '../enrollment/answers.ts';
import type { EnrollmentRecord } from '../enrollment/enrollment.types.ts';

/** One of a student's enrollments as the cache keeps it: the place on the waitlist instead of the position, which others change. */
export interface OwnEnrollment extends Enrollment {
  ticket?: number;
}

/** Size of the page that a list without a limit shows. */
export const defaultLimit = 25;

/** Whether `bytes` are, as they stand, the answer to a list without filters. */
export function isWholeAnswer(bytes: Buffer): boolean {
  return bytes.subarray(0, ready.length).equals(ready);
}

const ready = Buffer.from('{"items":');

/**
 * The body that is cached for a student: where all fits one page and nothing waits, the very answer to a list
 * without filters, so that it is sent as it is; else all enrollments with their tickets.
 */
export function renderOwn(enrollments: readonly OwnEnrollment[]): string {
  const isReady =
    enrollments.length <= defaultLimit && enrollments.every(({ ticket }) => ticket === undefined);
  return JSON.stringify(isReady ? { items: enrollments, nextCursor: null } : { own: enrollments });
}

/** What a cached body holds, newest first. */
export function parseOwn(bytes: Buffer): OwnEnrollment[] {
  const body = JSON.parse(bytes.toString()) as { items?: OwnEnrollment[]; own?: OwnEnrollment[] };
  return body.items ?? body.own ?? [];
}

/** A stored enrollment as the cache keeps it. */
export function ownEnrollment(record: EnrollmentRecord): OwnEnrollment {
  const view = enrollmentView(record, null);
  return record.ticket === null ? view : { ...view, ticket: record.ticket };
}

/** Newest first; by id where two began at the same moment. */
export function newestFirst(a: Enrollment, b: Enrollment): number {
  return compare(b.enrolledAt, a.enrolledAt) || compare(a.id, b.id);
}

/** `enrollments` with `changes` in place of what they replace, newest first. */
export function withChanges(
  enrollments: readonly OwnEnrollment[],
  changes: readonly OwnEnrollment[],
): OwnEnrollment[] {
  const byId = new Map(enrollments.map((enrollment) => [enrollment.id, enrollment]));
  for (const change of changes) byId.set(change.id, change);
  return [...byId.values()].sort(newestFirst);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
