import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Enrollment } from './own-enrollments.ts';

type Known = Pick<Course, 'id' | 'linked'>;
type Held = Pick<Enrollment, 'courseId' | 'status'>;

/** Ids of the linked sections that are held or waited for, out of each list of a course; undefined where none is. */
export function heldInLists(
  { linked }: Pick<Course, 'linked'>,
  isHeld: (courseId: string) => boolean,
): readonly (string | undefined)[] {
  return linked.map(({ courseIds }) => courseIds.find(isHeld));
}

/**
 * Own places that end with a place in that course: those in its linked sections, but where another course that is held
 * names them too.
 */
export function droppedAlong<Place extends Held>(
  courseId: string,
  places: readonly Place[],
  courses: ReadonlyMap<string, Known>,
): readonly Place[] {
  const current = places.filter(({ status }) => status === 'enrolled' || status === 'waitlisted');
  const namedBy = (id: string | undefined) =>
    (courses.get(id ?? '')?.linked ?? []).flatMap(({ courseIds }) => courseIds);
  const goes = new Set(namedBy(courseId));
  const stays = new Set(
    current.flatMap((place) => (place.courseId === courseId ? [] : namedBy(place.courseId))),
  );
  return current.filter((place) => goes.has(place.courseId) && !stays.has(place.courseId));
}
