import { useMemo, useState } from 'react';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import { useWatchedCourses } from '../live/use-seats.ts';
import { heldInLists } from './linked.rules.ts';
import type { OwnCourses } from './use-own-courses.ts';

/** One list of sections of which one is taken along. */
export interface LinkedList {
  readonly component: Course['component'];
  /** Those that can be read, in the course's order. */
  readonly sections: readonly Course[];
  /** The section that is held already: the list is met. */
  readonly held: Course | undefined;
  /** The section that is to be taken along. */
  readonly chosen: Course | undefined;
  readonly choose: (courseId: string) => void;
}

/** The sections that are taken along with a course. */
export interface Linked {
  readonly lists: readonly LinkedList[];
  /** To be taken along, by what was chosen. */
  readonly chosen: readonly Course[];
  /** Ids of those that are held, and of those that were chosen. */
  readonly ids: ReadonlySet<string>;
}

/** The linked sections of a course, and which of them were chosen; one that has no alternative is chosen by itself. */
export function useLinked(course: Course, own: Pick<OwnCourses, 'byCourse'>): Linked {
  const [wanted, setWanted] = useState<Readonly<Record<number, string>>>({});
  const all = useMemo(() => course.linked.flatMap(({ courseIds }) => courseIds), [course.linked]);
  const courses = useCoursesById(all).data;
  useWatchedCourses(all);
  const held = heldInLists(course, (id) => isCurrent(own.byCourse.get(id)?.status));
  const lists = course.linked.map(({ component, courseIds }, at): LinkedList => {
    const sections = courseIds.flatMap((id) => courses?.get(id) ?? []);
    const [only] = sections;
    const isMet = held[at] !== undefined;
    return {
      component,
      sections,
      held: courses?.get(held[at] ?? ''),
      chosen: isMet
        ? undefined
        : (sections.find(({ id }) => id === wanted[at]) ?? (courseIds.length === 1 ? only : undefined)),
      choose: (courseId) => setWanted((before) => ({ ...before, [at]: courseId })),
    };
  });
  const chosen = lists.flatMap((list) => list.chosen ?? []);
  const ids = new Set([...held.flatMap((id) => id ?? []), ...chosen.map(({ id }) => id)]);
  return { lists, chosen, ids };
}

function isCurrent(status: string | undefined): boolean {
  return status === 'enrolled' || status === 'waitlisted';
}
