import type { CourseListQuery, CourseState } from '@registrar/contracts-courses';
import { folded } from '@registrar/service';

/** The filters of a list that concern the course itself; each one that is set must hold. */
type CourseFilter = {
  readonly [
    Part in 'instructorId' | 'status' | 'component' | 'level' | 'day' | 'from' | 'to' | 'credits'
  ]?: CourseListQuery[Part];
};

/** Whether a course matches the filters of a list. Drafts show only where the filter names them. */
export function isListed(course: CourseState, filter: CourseFilter): boolean {
  const { instructorId, status, component, level, credits } = filter;
  if (status === undefined ? course.status === 'draft' : course.status !== status) return false;
  if (instructorId !== undefined && !course.instructorIds.includes(instructorId)) return false;
  if (component !== undefined && course.component !== component) return false;
  if (credits !== undefined && course.credits !== credits) return false;
  if (level !== undefined && levelOf(course.code) !== level) return false;
  return meetsWithin(course, filter);
}

/** The level that a code names: the first digit of its number, `1` for `CS 101`; undefined without a number. */
export function levelOf(code: string): string | undefined {
  return /\d/.exec(code)?.[0];
}

/** Whether a name holds `part`, in any case of letters, with or without accents; each name is looked at once. */
export function namesWith(part: string): (name: string | null) => boolean {
  const wanted = folded(part).trim();
  const known = new Map<string | null, boolean>();
  return (name) => {
    const decided = known.get(name) ?? (name !== null && folded(name).includes(wanted));
    known.set(name, decided);
    return decided;
  };
}

/** Some meeting on the day, and all within the hours: a course without meetings has none. */
function meetsWithin({ meetings }: CourseState, { day, from, to }: CourseFilter): boolean {
  if (day !== undefined && !meetings.some((meeting) => meeting.day === day)) return false;
  if (from === undefined && to === undefined) return true;
  if (meetings.length === 0) return false;
  return meetings.every(
    ({ start, end }) => (from === undefined || start >= from) && (to === undefined || end <= to),
  );
}
