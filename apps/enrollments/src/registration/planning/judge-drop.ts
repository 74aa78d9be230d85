import type { Problem } from '../../enrollment/answers.ts';
import { courseParams } from '../../enrollment/course-params.ts';
import { dropOutcome } from '../../enrollment/drop.rules.ts';
import { unmetByDrop } from '../../enrollment/links.rules.ts';
import { holdsThat } from '../../enrollment/student-record/holds.rules.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import type { EnrollmentRecord, Offering, StudentEntry } from '../../enrollment/enrollment.types.ts';
import type { ChangeSet } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** A place to give up, as judged. */
export interface JudgedDrop {
  record: EnrollmentRecord;
  /** What it comes to; undefined where it stays as it is. */
  to: 'dropped' | 'withdrawn' | undefined;
  /** Codes that a registrar set aside. */
  override: string[];
  problems: Problem[];
}

/** Who gives it up, and when. */
interface DropTerms {
  set: Pick<ChangeSet, 'actor' | 'isTransfer' | 'isErasure'>;
  /** RFC 3339. */
  now: string;
  campus: CampusRules;
}

/** Judges giving up one place, links apart. */
export function judgeDrop(
  course: CoursePlan,
  student: StudentPlan,
  { set, now, campus }: DropTerms,
): JudgedDrop {
  const record = student.enrollmentIn(course.offering.courseId);
  if (!record) throw new Error('The place to give up was not read.');
  const { role } = set.actor;
  const isRegistrar = role === 'registrar' || role === 'admin';
  const holds = holdsThat(student.record.holds, 'drop');
  const { semester, offering } = course;
  const terms = { semester, offering, holds: isRegistrar || set.isErasure ? [] : holds };
  // Who is transferred drops nothing late.
  const at = set.isTransfer ? '' : now;
  const outcome = dropOutcome(record.status, terms, { now: at, campusTime: campus.time });
  const judged: JudgedDrop = { record, to: undefined, override: [], problems: [] };
  if (outcome.kind === 'refused') return { ...judged, problems: [outcome] };
  if (outcome.kind === 'already_ended') return judged;
  return { ...judged, to: outcome.status, override: holds.length > 0 && isRegistrar ? ['hold'] : [] };
}

/** Gives up one place. */
export function applyDrop(
  course: CoursePlan,
  student: StudentPlan,
  { record, to, override }: JudgedDrop,
  { set, now, campus }: DropTerms,
): EnrollmentRecord {
  if (to === undefined) return record;
  const { actor } = set;
  const reason = set.isTransfer
    ? { reason: 'transferred' }
    : actor.role === 'student' || actor.role === 'system'
      ? {}
      : { reason: 'by_registrar' };
  return applyTransition(course, student, campus, { to, change: to, actor, now, override, ...reason });
}

/** What decides whether a linked section may be dropped. */
interface LinkTerms {
  /** Entries that stay after all drops of the change. */
  staying: readonly StudentEntry[];
  /** Ids of the courses that the change takes. */
  added: readonly string[];
  lookup: (courseId: string) => Offering | undefined;
}

/** A linked section cannot be dropped alone: the course that names it would be left without one. */
export function linkedDropProblem(
  offering: Offering,
  { staying, added, lookup }: LinkTerms,
): Problem | undefined {
  const unmet = unmetByDrop(offering.courseId, staying, added, lookup);
  const [first] = unmet;
  const by = first && lookup(first.byCourseId);
  if (!by) return undefined;
  const detail = `This ${offering.component} is taken together with ${by.code} (${by.component}). Change to another of its sections, or drop ${by.code} (${by.component}): both end then.`;
  const options = unmet.map(({ courseIds }) => courseIds);
  const params = { course: courseParams(offering), options, with: courseParams(by) };
  return { code: 'linked_section_required', detail, params, options };
}
