import type { CourseListQuery, CourseState } from '@registrar/contracts-courses';

/** Where a course stands in lists; short names, for it travels in cursors. */
export interface Position {
  /** Semester: a list of the current one goes on in it when another has become current. */
  m: string;
  /** Department. */
  d: string;
  /** Code. */
  c: string;
  /** Section. */
  s: string;
  /** Id. */
  i: string;
}

/** What a list asks of its courses. */
export type CourseFilter = Pick<CourseListQuery, 'instructorId' | 'status'> & { words: readonly string[] };

/** Where a course stands. */
export function positionOf(course: CourseState): Position {
  const { semesterId: m, departmentId: d, code: c, section: s, id: i } = course;
  return { m, d, c, s, i };
}

/** The order of lists: department, code, section, id, each by code units (so `CS-1000` stands before `CS-201`). */
export function comparePositions(a: Position, b: Position): number {
  return compare(a.d, b.d) || compare(a.c, b.c) || compare(a.s, b.s) || compare(a.i, b.i);
}

/** The same for courses of one semester. */
export function compareCourses(a: CourseState, b: CourseState): number {
  return comparePositions(positionOf(a), positionOf(b));
}

/** Whether a list shows this course. Drafts show only where they are asked for. */
export function isListed(
  course: CourseState,
  { instructorId, status }: Omit<CourseFilter, 'words'>,
): boolean {
  if (status === undefined ? course.status === 'draft' : course.status !== status) return false;
  return instructorId === undefined || course.instructorIds.includes(instructorId);
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

/** The newest known state of each course, in the order of lists. */
export function newestOf(courses: Iterable<CourseState>): CourseState[] {
  const newest = new Map<string, CourseState>();
  for (const course of courses) {
    const known = newest.get(course.id);
    if (!known || known.version < course.version) newest.set(course.id, course);
  }
  return [...newest.values()].sort(compareCourses);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
