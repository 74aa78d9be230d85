import type { Course } from '../catalogue/use-courses-by-id.ts';
import { droppedAlong } from './linked.rules.ts';
import type { Enrollment } from './own-enrollments.ts';

/** Names of the own courses that are dropped with one: "CS 101 L1". */
export function namesAlong(
  courseId: string,
  own: { readonly enrollments: readonly Enrollment[]; readonly courses: ReadonlyMap<string, Course> },
): readonly string[] {
  return droppedAlong(courseId, own.enrollments, own.courses).map((place) => {
    const course = own.courses.get(place.courseId);
    return course ? `${course.code} ${course.section}` : place.courseCode;
  });
}
