import type { CourseState } from '@registrar/contracts-courses';

/** Where a course stands in lists; short names, for it travels in cursors. */
export interface Position {
  /** Semester: a list of the current one continues in it when another has become current. */
  m: string;
  /** Department. */
  d: string;
  /** Code. */
  c: string;
  /** Section. */
  s: string;
  /** Id. */
  i: string;
  /** Rank in a list by relevance, the best first. */
  r?: number;
}

/** A course, and how well it fits in a list by relevance. */
export interface Ranked {
  course: CourseState;
  rank: number;
}

/** Where a course stands. */
export function positionOf(course: CourseState): Position {
  const { semesterId: m, departmentId: d, code: c, section: s, id: i } = course;
  return { m, d, c, s, i };
}

/** The order of lists: department, code, section, id, each by code units (so `CS-1000` stands before `CS-201`). */
function comparePositions(a: Position, b: Position): number {
  return compare(a.d, b.d) || compare(a.c, b.c) || compare(a.s, b.s) || compare(a.i, b.i);
}

/** The same for courses of one semester. */
export function compareCourses(a: CourseState, b: CourseState): number {
  return comparePositions(positionOf(a), positionOf(b));
}

/** A part of a list, and whether there is more. */
export interface Part<T> {
  items: T[];
  hasMore: boolean;
}

/** The first `limit` of an ordered list that stand after `after`, whether or not that one is still there. */
export function takePart<T extends CourseState>(
  ordered: Iterable<T>,
  limit: number,
  after?: Position,
): Part<T> {
  const items: T[] = [];
  for (const course of ordered) {
    if (after && comparePositions(positionOf(course), after) <= 0) continue;
    if (items.length === limit) return { items, hasMore: true };
    items.push(course);
  }
  return { items, hasMore: false };
}

/** The position of a course in a list by relevance. */
export function rankedPositionOf({ course, rank }: Ranked): Position {
  return { ...positionOf(course), r: rank };
}

/** The first `limit` courses by relevance that stand after `after`, whether or not that one is still there. */
export function takeRanked(found: readonly Ranked[], limit: number, after?: Position): Part<Ranked> {
  const ordered = found
    .map((ranked) => ({ ranked, position: rankedPositionOf(ranked) }))
    .sort((a, b) => compareRanked(a.position, b.position));
  const rest = after ? ordered.filter(({ position }) => compareRanked(position, after) > 0) : ordered;
  return { items: rest.slice(0, limit).map(({ ranked }) => ranked), hasMore: rest.length > limit };
}

/** The newest known state of each course, in the order of lists. */
export function newestOf(courses: Iterable<CourseState>): CourseState[] {
  const newest = new Map<string, CourseState>();
  for (const course of courses) {
    const known = newest.get(course.id);
    if (!known || known.version < course.version) newest.set(course.id, course);
  }
  return [...newest.values()].sort(compareCourses);
}

/** By relevance, and as other lists where that is equal. */
function compareRanked(a: Position, b: Position): number {
  return (a.r ?? 0) - (b.r ?? 0) || comparePositions(a, b);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
