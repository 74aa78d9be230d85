import type { RefusalParams } from '@registrar/contracts-enrollments';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Enrollment } from './own-enrollments.ts';
import { clashesOf } from './clash.rules.ts';

/** What the page knows of the reader when it judges a course. */
export interface Known {
  /** Not ended, of the course's semester. */
  readonly current: readonly Enrollment[];
  /** Courses that the reader has a seat in, of the course's semester. */
  readonly seated: readonly Course[];
  /** Codes completed in any semester; undefined while not known. */
  readonly completedCodes: ReadonlySet<string> | undefined;
  /** Most credits in the semester. */
  readonly creditLimit: number | undefined;
}

type Code = 'already_enrolled' | 'prerequisite_not_met' | 'time_conflict' | 'credit_limit_exceeded';

/** A refusal that the server would give: its code, and the values of its words. */
export type Foreseen = {
  readonly [C in Code]: {
    readonly code: C;
    readonly params: RefusalParams[C];
    readonly conflicts: readonly string[];
  };
}[Code];

/**
 * Why the server would refuse this course, as far as the page knows, in the order of its rules.
 *
 * The server's answer alone counts: this is said beside the button, which stays enabled.
 */
export function foresee(course: Course, known: Known): Foreseen[] {
  return [
    ...sameCode(course, known),
    ...prerequisites(course, known),
    ...conflicts(course, known),
    ...creditLimit(course, known),
  ];
}

function sameCode(course: Course, { current }: Known): Foreseen[] {
  const held = current.find(
    ({ courseCode, courseId }) => courseCode === course.code && courseId !== course.id,
  );
  if (held === undefined) return [];
  const other = { courseId: held.courseId, code: held.courseCode, status: held.status };
  return [{ code: 'already_enrolled', params: { course: named(course), other }, conflicts: [held.courseId] }];
}

function prerequisites(course: Course, { completedCodes }: Known): Foreseen[] {
  if (completedCodes === undefined) return [];
  const missing = course.prerequisites.filter((code) => !completedCodes.has(code));
  if (missing.length === 0) return [];
  return [{ code: 'prerequisite_not_met', params: { course: named(course), missing }, conflicts: [] }];
}

function conflicts(course: Course, { seated }: Known): Foreseen[] {
  // Another section of the code is left when this one is taken.
  const others = seated.filter(({ id, code }) => id !== course.id && code !== course.code);
  const clashing = others.flatMap((other) => {
    const [clash] = clashesOf(course.meetings, other.meetings);
    return clash ? [{ course: named(other), meeting: clash[0], ownMeeting: clash[1] }] : [];
  });
  if (clashing.length === 0) return [];
  const params = { course: named(course), conflicts: clashing };
  return [{ code: 'time_conflict', params, conflicts: clashing.map((clash) => clash.course.id) }];
}

function creditLimit(course: Course, { current, creditLimit: limit }: Known): Foreseen[] {
  const taken = current
    .filter(
      ({ status, courseCode }) =>
        (status === 'enrolled' || status === 'completed') && courseCode !== course.code,
    )
    .reduce((sum, { credits }) => sum + credits, 0);
  if (limit === undefined || taken + course.credits <= limit) return [];
  const params = {
    course: named(course),
    limitOf: 'credits',
    credits: course.credits,
    taken,
    limit,
  } as const;
  return [{ code: 'credit_limit_exceeded', params, conflicts: [] }];
}

function named({ id, code, section, title }: Course) {
  return { id, code, section, title };
}
