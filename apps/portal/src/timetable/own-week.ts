import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Enrollment } from '../registration/own-enrollments.ts';
import type { Block } from './week.rules.ts';

/** The own week: meetings of courses that the reader holds or waits for, and those courses that have none. */
export interface OwnWeek {
  readonly blocks: readonly Block[];
  readonly withoutTimes: readonly Enrollment[];
}

/** The week of these enrollments; courses that are not known count as without times. */
export function ownWeekOf(enrollments: readonly Enrollment[], courses: ReadonlyMap<string, Course>): OwnWeek {
  const held = enrollments.filter(({ status }) => status === 'enrolled' || status === 'waitlisted');
  const meetingsOf = ({ courseId }: Enrollment) => courses.get(courseId)?.meetings ?? [];
  return {
    blocks: held.flatMap((enrollment) =>
      meetingsOf(enrollment).map((meeting) => ({
        ...meeting,
        courseId: enrollment.courseId,
        code: enrollment.courseCode,
        title: enrollment.courseTitle,
        standing: enrollment.status === 'waitlisted' ? ('waiting' as const) : ('enrolled' as const),
      })),
    ),
    withoutTimes: held.filter((enrollment) => meetingsOf(enrollment).length === 0),
  };
}
