import type { Enrollment } from '@registrar/contracts-enrollments';
import type { RefusalAnswer, StoredAnswer } from '@registrar/idempotency';
import type { EnrollmentRecord, Refusal, WithParams } from './enrollment.types.ts';

/** The enrollment as clients see it; `waitlistPosition` for one that waits. */
export function enrollmentView(record: EnrollmentRecord, waitlistPosition: number | null): Enrollment {
  const { id, userId, courseId, semesterId, courseCode, courseTitle, credits, status } = record;
  const { grade, reservation, dropOnPromotion, enrolledAt, updatedAt, version } = record;
  const position = status === 'waitlisted' ? waitlistPosition : null;
  const course = { courseId, semesterId, courseCode, courseTitle, credits };
  const place = { status, waitlistPosition: position, grade, reservation, dropOnPromotion };
  return { id, userId, ...course, ...place, enrolledAt, updatedAt, version };
}

/** An enrollment as an instructor sees it: which reserved seat it has is between the student and the registrar. */
export function withoutReservation<E extends Pick<Enrollment, 'reservation'>>(enrollment: E): E {
  return { ...enrollment, reservation: null };
}

/** 201 with the enrollment and its place. */
export function created(record: EnrollmentRecord, waitlistPosition: number | null): StoredAnswer {
  const headers = { location: `/api/enrollments/${record.id}` };
  return { status: 201, headers, body: enrollmentView(record, waitlistPosition) };
}

/** 200 with the enrollment as it now is. */
export function changed(record: EnrollmentRecord, waitlistPosition: number | null = null): StoredAnswer {
  return { status: 200, body: enrollmentView(record, waitlistPosition) };
}

/** Why a change is refused, in words for the student, and the values in them. */
export type Problem =
  | Refusal
  | (WithParams<'drop_period_closed' | 'invalid_transition' | 'hold'> & { detail: string })
  | { code: 'enrollment_completed' | 'enrollment_ended'; detail: string };

/** 409 with the reason in words. */
export function refused(problem: Problem): RefusalAnswer {
  const { code, detail } = problem;
  const params = 'params' in problem ? { params: problem.params } : {};
  const conflicts = 'conflicts' in problem ? { conflicts: problem.conflicts } : {};
  const missing = 'missing' in problem ? { missing: problem.missing } : {};
  const options = 'options' in problem ? { options: problem.options } : {};
  return {
    status: 409,
    refusal: { code, detail, members: { ...params, ...conflicts, ...missing, ...options } },
  };
}

/** 404 for a course that there is not, or not yet. */
export const courseNotFound: RefusalAnswer = {
  status: 404,
  refusal: { code: 'course_not_found', detail: 'There is no such course.', members: {} },
};

/** 404 for an enrollment that there is not, or that is somebody else's. */
export const enrollmentNotFound: RefusalAnswer = {
  status: 404,
  refusal: { code: 'enrollment_not_found', detail: 'There is no such enrollment.', members: {} },
};
