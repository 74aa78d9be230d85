import type { CourseState } from '@registrar/contracts-courses';
import type { LinkChange } from '../catalogue/course.codec.ts';

/** The courses that a course takes along, each once. A cancelled course takes none. */
export function linkedIds({ linked, status }: Pick<CourseState, 'linked' | 'status'>): string[] {
  if (status === 'cancelled') return [];
  return [...new Set(linked.flatMap(({ courseIds }) => courseIds))];
}

/** What changes of the links between two states of a course; undefined where nothing does. */
export function linkChange(before: CourseState | undefined, next: CourseState): LinkChange | undefined {
  const [had, has] = [before ? linkedIds(before) : [], linkedIds(next)];
  const takes = has.filter((id) => !had.includes(id));
  const frees = had.filter((id) => !has.includes(id));
  if (takes.length === 0 && frees.length === 0) return undefined;
  if (had.length === 0) return { takes, frees, owner: 'begins' };
  return has.length === 0 ? { takes, frees, owner: 'ends' } : { takes, frees };
}
