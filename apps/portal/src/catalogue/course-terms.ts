import type { Match, Requirement } from '@registrar/eligibility/rules';
import { wholeRequirement } from '@registrar/eligibility/rules';
import type { AnswerTo } from '../api/routes.ts';

type Course = Pick<
  AnswerTo<'GET /api/courses/:id'>,
  | 'prerequisites'
  | 'requirement'
  | 'restriction'
  | 'enrollmentClosesAt'
  | 'dropDeadlineAt'
  | 'withdrawDeadlineAt'
>;
type Semester = Pick<
  AnswerTo<'GET /api/semesters/:id'>,
  'enrollmentClosesAt' | 'dropDeadlineAt' | 'withdrawDeadlineAt' | 'pausedAt'
>;

/** Until when something can be done about a course (RFC 3339). */
export interface Deadlines {
  readonly enrollmentClosesAt: string;
  readonly dropDeadlineAt: string;
  readonly withdrawDeadlineAt: string;
}

/** The deadlines of a course: its own before the semester's. */
export function deadlinesOf(course: Course | undefined, semester: Semester): Deadlines {
  return {
    enrollmentClosesAt: course?.enrollmentClosesAt ?? semester.enrollmentClosesAt,
    dropDeadlineAt: course?.dropDeadlineAt ?? semester.dropDeadlineAt,
    withdrawDeadlineAt: course?.withdrawDeadlineAt ?? semester.withdrawDeadlineAt,
  };
}

/** Prerequisites and requirement of a course as one; undefined where it has neither. */
export function requirementOf({ prerequisites, requirement }: Course): Requirement | undefined {
  return wholeRequirement(prerequisites, requirement);
}

/** Who a course is for; undefined where it is for everybody. */
export function restrictionOf({ restriction }: Course): Match | undefined {
  return restriction ?? undefined;
}

/** When registration pauses in a semester, or has paused; undefined where it does not. */
export function pausedAtOf({ pausedAt }: Semester): string | undefined {
  return pausedAt ?? undefined;
}
