import type { Enrollment } from '@registrar/contracts-enrollments';
import { enrollmentView } from './answers.ts';
import type { EnrollmentRecord } from './enrollment.types.ts';

/** An enrollment of a list: with its ticket where it waits, as the position changes with those of others. */
export interface ListedEnrollment extends Enrollment {
  ticket?: number;
}

/** Where an enrollment is in a list: the cursor to the page after it. */
export type ListPosition = Pick<Enrollment, 'enrolledAt' | 'id'>;

/** A stored enrollment as lists hold it. */
export function listedEnrollment(record: EnrollmentRecord): ListedEnrollment {
  const view = enrollmentView(record, null);
  return record.ticket === null ? view : { ...view, ticket: record.ticket };
}

/** Newest first; by id where two began at the same moment. */
export function newestFirst(a: ListPosition, b: ListPosition): number {
  return compare(b.enrolledAt, a.enrolledAt) || compare(a.id, b.id);
}

/** Oldest first; by id where two began at the same moment. */
export function oldestFirst(a: ListPosition, b: ListPosition): number {
  return compare(a.enrolledAt, b.enrolledAt) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
