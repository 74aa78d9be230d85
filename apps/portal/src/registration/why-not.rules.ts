import type { RefusalParams } from '@registrar/contracts-enrollments';
import type { CourseHistory, GradeScale, MatchedStudent } from '@registrar/eligibility/rules';
import { isMatched, missingOf } from '@registrar/eligibility/rules';
import { requirementOf, restrictionOf } from '../catalogue/course-terms.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Enrollment } from './own-enrollments.ts';
import { clashesOf } from './clash.rules.ts';
import { isFailed } from './eligibility.rules.ts';
import type { Hold } from './use-own-window.ts';

/** What the page knows of the reader when it judges a course. */
export interface Known {
  /** Not ended, of the course's semester. */
  readonly current: readonly Enrollment[];
  /** Courses that the reader has a seat in, of the course's semester. */
  readonly seated: readonly Course[];
  /** Courses of `current`, as far as they are known. */
  readonly courses: ReadonlyMap<string, Course>;
  /** In force. */
  readonly holds: readonly Hold[];
  /** The reader's record; undefined while not known. */
  readonly student: MatchedStudent | undefined;
  /** What the reader has completed, and takes in the course's semester; undefined while not known. */
  readonly history: CourseHistory | undefined;
  /** Most credits in the semester, for the reader. */
  readonly creditLimit: number | undefined;
  readonly scale: GradeScale;
  /** Whether the reader has a permit for the course; undefined while not known. */
  readonly hasPermit?: boolean | undefined;
  /** Linked sections that are held, or taken along. */
  readonly linked?: ReadonlySet<string>;
  /** Free seats of the course, and how many of them are free for the reader; undefined while not known. */
  readonly seats?:
    { readonly available: number; readonly own: number; readonly canWait: boolean } | undefined;
  /** Credits that are wanted, where the reader chooses. */
  readonly credits?: number | undefined;
}

type Code =
  | 'hold'
  | 'already_enrolled'
  | 'restricted'
  | 'permission_required'
  | 'prerequisite_not_met'
  | 'linked_section_required'
  | 'time_conflict'
  | 'credit_limit_exceeded'
  | 'seat_reserved';

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
    ...hold(course, known),
    ...sameSubject(course, known),
    ...restricted(course, known),
    ...permission(course, known),
    ...requirement(course, known),
    ...linkedSections(course, known),
    ...conflicts(course, known),
    ...creditLimit(course, known),
    ...reservedSeats(course, known),
  ];
}

function hold(course: Course, known: Known): Foreseen[] {
  const holds = known.holds.filter(({ blocks }) => blocks.includes('enroll'));
  if (holds.length === 0) return [];
  const params = { course: named(course), blocks: 'enroll' as const, holds };
  return [{ code: 'hold', params, conflicts: [] }];
}

/** Another section of the same code, component and topic. */
function sameSubject(course: Course, { current, courses, scale }: Known): Foreseen[] {
  const held = current.find(
    (entry) =>
      entry.courseId !== course.id &&
      isSameCode(entry.courseCode, course.code) &&
      isSamePart(course, courses.get(entry.courseId)) &&
      // A section that was failed does not stand in the way of another one.
      !isFailed(entry, scale),
  );
  if (held === undefined) return [];
  const other = { courseId: held.courseId, code: held.courseCode, status: held.status };
  return [{ code: 'already_enrolled', params: { course: named(course), other }, conflicts: [held.courseId] }];
}

/** A section that is not known is taken for one of the same part: the server's answer alone counts. */
function isSamePart({ component, topic }: Course, other: Course | undefined): boolean {
  return other === undefined || (other.component === component && other.topic === topic);
}

function restricted(course: Course, { student }: Known): Foreseen[] {
  const restriction = restrictionOf(course);
  if (student === undefined || restriction === undefined || isMatched(restriction, student)) return [];
  return [{ code: 'restricted', params: { course: named(course), restriction }, conflicts: [] }];
}

function permission(course: Course, { hasPermit }: Known): Foreseen[] {
  if (course.consent !== 'instructor' || hasPermit !== false) return [];
  return [{ code: 'permission_required', params: { course: named(course) }, conflicts: [] }];
}

/** Lists of linked sections of which none is held or taken along. */
function linkedSections(course: Course, { linked = new Set() }: Known): Foreseen[] {
  const options = course.linked
    .map(({ courseIds }) => courseIds)
    .filter((ids) => !ids.some((id) => linked.has(id)));
  if (options.length === 0) return [];
  const params = { course: named(course), options, with: null };
  return [{ code: 'linked_section_required', params, conflicts: [] }];
}

/** Seats are free, and none of them for the reader. */
function reservedSeats(course: Course, { seats }: Known): Foreseen[] {
  if (seats === undefined || seats.available === 0 || seats.own > 0) return [];
  const { available, canWait } = seats;
  return [{ code: 'seat_reserved', params: { course: named(course), available, canWait }, conflicts: [] }];
}

function requirement(course: Course, { history }: Known): Foreseen[] {
  const whole = requirementOf(course);
  const missing = whole && history && missingOf(whole, history);
  if (missing === undefined) return [];
  return [{ code: 'prerequisite_not_met', params: { course: named(course), missing }, conflicts: [] }];
}

function conflicts(course: Course, known: Known): Foreseen[] {
  const others = known.seated.filter(({ id }) => id !== course.id && staysBeside(course, id, known));
  const clashing = others.flatMap((other) => {
    const [clash] = clashesOf(course.meetings, other.meetings);
    return clash ? [{ course: named(other), meeting: clash[0], ownMeeting: clash[1] }] : [];
  });
  if (clashing.length === 0) return [];
  const params = { course: named(course), conflicts: clashing };
  return [{ code: 'time_conflict', params, conflicts: clashing.map((clash) => clash.course.id) }];
}

function creditLimit(course: Course, known: Known): Foreseen[] {
  const { current, creditLimit: limit, credits = course.credits } = known;
  const taken = current
    .filter(({ status }) => status === 'enrolled' || status === 'completed')
    .filter(({ courseId }) => staysBeside(course, courseId, known))
    .reduce((sum, { credits }) => sum + credits, 0);
  if (limit === undefined || taken + credits <= limit) return [];
  const params = {
    course: named(course),
    limitOf: 'credits',
    credits,
    taken,
    limit,
  } as const;
  return [{ code: 'credit_limit_exceeded', params, conflicts: [] }];
}

/** Whether an own course stays where this one is taken: another section of its code is left then, but a failed one stays. */
function staysBeside(course: Course, ownId: string, { current, scale }: Known): boolean {
  const own = current.find(({ courseId }) => courseId === ownId);
  return own === undefined || !isSameCode(own.courseCode, course.code) || isFailed(own, scale);
}

function isSameCode(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function named({ id, code, section, title }: Course) {
  return { id, code, section, title };
}
