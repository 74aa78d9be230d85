import type { TransferResult } from '@registrar/contracts-enrollments';
import type { Fault } from '@registrar/service';
import { enrollmentNotFound } from '../enrollment/answers.ts';
import type { Actor, EnrollmentRecord, Offering, Seats } from '../enrollment/enrollment.types.ts';
import { sameCode } from '../enrollment/student-entries.rules.ts';
import type { ChangeSet } from '../registration/planning/change-set.ts';

/** A course as it is now. */
export interface CurrentCourse {
  seats: Pick<Seats, 'status'>;
  offering: Offering;
}

/** An enrollment that is not moved, and why. */
export type TransferRefusal = TransferResult['refused'][number];

/** A student's move. */
export interface Transfer {
  enrollmentId: string;
  set: ChangeSet;
}

const path = 'toCourseId';

/** Why students cannot be moved from one course to the other; undefined where they can, as far as the courses say. */
export function targetFault(from: Offering, to: CurrentCourse | undefined): Fault | undefined {
  if (!to || to.seats.status === 'draft')
    return { path, code: 'not_found', message: 'There is no such course.' };
  const { courseId, semesterId, code } = to.offering;
  const inconsistent = (message: string): Fault => ({ path, code: 'inconsistent', message });
  if (courseId === from.courseId)
    return inconsistent('It is the course itself. Name another section of the same code.');
  if (semesterId !== from.semesterId)
    return inconsistent(`It is in another semester. Name a section of ${from.code} in the same one.`);
  if (sameCode(code) !== sameCode(from.code))
    return inconsistent(`It is ${code}. Name another section of ${from.code}.`);
  return undefined;
}

/** Why an enrollment cannot be moved out of a course; undefined where its student has a seat there. */
export function transferRefusal(
  enrollmentId: string,
  record: Pick<EnrollmentRecord, 'courseId' | 'status'> | undefined,
  fromCourseId: string,
): TransferRefusal | undefined {
  const refused = (code: string, detail: string): TransferRefusal => ({ enrollmentId, code, detail });
  if (record?.courseId !== fromCourseId) {
    const { code, detail } = enrollmentNotFound.refusal;
    return refused(code, detail);
  }
  switch (record.status) {
    case 'enrolled':
      return undefined;
    case 'waitlisted':
      return refused(
        'invalid_transition',
        'This student waits for a seat, and has none that could be moved.',
      );
    case 'completed':
      return refused('enrollment_completed', 'This enrollment is completed: it is part of the record.');
    case 'cancelled':
    case 'dropped':
    case 'withdrawn':
      return refused('enrollment_ended', 'This enrollment has ended: there is no seat to move.');
  }
}

/** One seat for another: both or neither. Credits that a student chose stay, where the other section has them too. */
export function transferOf(record: EnrollmentRecord, to: Offering, actor: Actor): ChangeSet {
  const { minCredits, credits: most, courseId } = to;
  const { credits } = record;
  const keepsCredits = minCredits !== null && credits >= minCredits && credits <= most;
  return {
    kind: 'change',
    mode: 'all',
    answer: 'single',
    userId: record.userId,
    actor,
    add: [{ courseId, joinWaitlist: false, ...(keepsCredits && { credits }) }],
    drop: [{ courseId: record.courseId, whenEnded: 'refused' }],
    override: new Set(),
    isTransfer: true,
    request: undefined,
  };
}
