import type { Course } from '@registrar/contracts-courses';

/** Whether two courses meet at the same time. */
export function clash(one: Course, other: Course): boolean {
  return one.meetings.some((first) =>
    other.meetings.some(
      (second) => first.day === second.day && first.start < second.end && second.start < first.end,
    ),
  );
}

/** So many courses without requirements that fit into one week beside `taken`, each of another department. */
export function coursesThatFit(
  courses: readonly Course[],
  count: number,
  taken: readonly Course[] = [],
): Course[] {
  const chosen: Course[] = [];
  for (const course of courses) {
    const beside = [...taken, ...chosen];
    const isFree = course.prerequisites.length === 0 && course.meetings.length > 0;
    const isNew = !beside.some((other) => other.departmentId === course.departmentId || clash(other, course));
    if (chosen.length < count && isFree && isNew) chosen.push(course);
  }
  return chosen;
}
