import type { z } from 'zod';
import { courseState } from './course.ts';
import type { CourseState } from './course.ts';
import { semester } from './semester.ts';
import type { Semester } from './semester.ts';

/** A course in an event. Those that were published before a member existed lack it, and are kept for good. */
export const publishedCourse = courseState.partial({
  enrollmentClosesAt: true,
  dropDeadlineAt: true,
  withdrawDeadlineAt: true,
  requirement: true,
  restriction: true,
  component: true,
  topic: true,
  consent: true,
  reservations: true,
  linked: true,
  crossListedOf: true,
  minCredits: true,
});

/** A semester in an event; as `publishedCourse`. */
export const publishedSemester = semester.partial({ tickets: true, holidays: true, pausedAt: true });

/** A course as an earlier version may have written it: in an event, a row or a cache entry. */
export type PublishedCourse = z.infer<typeof publishedCourse>;

/** A semester as an earlier version may have written it: in an event, a row or a cache entry. */
export type PublishedSemester = z.infer<typeof publishedSemester>;

/** The course with every member: what an earlier version did not write is null, empty, or as most are. */
export function wholeCourse(course: PublishedCourse): CourseState {
  return {
    ...course,
    enrollmentClosesAt: course.enrollmentClosesAt ?? null,
    dropDeadlineAt: course.dropDeadlineAt ?? null,
    withdrawDeadlineAt: course.withdrawDeadlineAt ?? null,
    requirement: course.requirement ?? null,
    restriction: course.restriction ?? null,
    component: course.component ?? 'lecture',
    topic: course.topic ?? null,
    consent: course.consent ?? 'none',
    reservations: course.reservations ?? [],
    linked: course.linked ?? [],
    crossListedOf: course.crossListedOf ?? null,
    minCredits: course.minCredits ?? null,
  };
}

/** The semester with every member: what an earlier version did not write is empty or null. */
export function wholeSemester(semester: PublishedSemester): Semester {
  return {
    ...semester,
    tickets: semester.tickets ?? [],
    holidays: semester.holidays ?? [],
    pausedAt: semester.pausedAt ?? null,
  };
}
