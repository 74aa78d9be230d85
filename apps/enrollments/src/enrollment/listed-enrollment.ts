import type { Enrollment } from '@registrar/contracts-enrollments';
import { enrollmentView } from './answers.ts';
import type { EnrollmentRecord } from './enrollment.types.ts';

/** An enrollment of a list: with its ticket where it waits, as the position changes with those of others. */
export interface ListedEnrollment extends Enrollment {
  ticket?: number;
  /** While it waits: the class whose waitlist that is, where it is another code's. Not for clients either. */
  classId?: string;
}

/** Where an enrollment is in a list: the cursor to the page after it. */
export type ListPosition = Pick<Enrollment, 'enrolledAt' | 'id'>;

/** A stored enrollment as lists hold it. */
export function listedEnrollment(record: EnrollmentRecord): ListedEnrollment {
  const view = enrollmentView(record, null);
  const { ticket, courseId, classId } = record;
  if (ticket === null) return view;
  return { ...view, ticket, ...(classId !== courseId && { classId }) };
}

/** The enrollment of a list as clients see it, with its position. */
export function withoutPlace(
  { ticket: _, classId: __, ...view }: ListedEnrollment,
  waitlistPosition: number | null,
): Enrollment {
  return { ...view, waitlistPosition };
}

/** The waitlist that an enrollment of a list is on: its class's. */
export const waitlistOf = ({ courseId, classId = courseId }: ListedEnrollment) => classId;

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
