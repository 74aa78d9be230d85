import type { RefusalAnswer, StoredAnswer } from '@registrar/idempotency';
import { validationFailed } from '@registrar/service';
import { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import { holdsThat } from '../../enrollment/student-record/holds.rules.ts';
import { changed, courseNotFound, created, enrollmentNotFound, refused } from '../../enrollment/answers.ts';
import type { Problem } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { dropOutcome } from '../../enrollment/drop.rules.ts';
import type { EnrollmentRecord, Offering } from '../../enrollment/enrollment.types.ts';
import { takesSeat } from '../../enrollment/seats.rules.ts';
import { judgePromotion, judgeRequest } from '../rules/index.ts';
import type { Addition, ChangeSet, Removal } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** When a request is judged, and what it is judged against. */
interface JudgingContext {
  /** RFC 3339. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
  /** Current offerings of the student's other courses, by course id. */
  offerings: ReadonlyMap<string, Offering>;
}

/** What came of one entry of a change set. */
interface ChangeResult {
  action: 'add' | 'drop';
  courseId: string;
  /** As it is now; undefined where the entry is refused. */
  record: EnrollmentRecord | undefined;
  /** Where the student waits: the position. */
  waitlistPosition: number | null;
  /** In order; none where the entry is applied. */
  problems: readonly Problem[];
}

/** Who asks, and what is set aside. */
type Terms = Pick<ChangeSet, 'actor' | 'override'>;

/**
 * Judges a change set and applies it to the plans: the drops, then the adds, each as after those before it. Ends at the
 * first entry that is refused; the plans of a set of several entries must not be committed then.
 *
 * @returns a result for each entry that was judged, or the refusal of the whole where one of its courses is not there,
 * or the place to give up is not
 * @throws Problem 422 for courses of several semesters
 */
export function judgeChangeSet(
  set: ChangeSet,
  courses: ReadonlyMap<string, CoursePlan>,
  student: StudentPlan | undefined,
  context: JudgingContext,
): ChangeResult[] | RefusalAnswer {
  if (set.drop.some(({ courseId }) => !student?.enrollmentIn(courseId))) return enrollmentNotFound;
  if (!student || set.add.some(({ courseId }) => !isOffered(courses.get(courseId)))) return courseNotFound;
  requireOneSemester(courses);
  const results: ChangeResult[] = [];
  for (const drop of set.drop) {
    const result = judgeDrop(planOf(courses, drop), student, drop, set, context);
    results.push(result);
    if (result.problems.length > 0) return results;
  }
  for (const add of set.add) {
    const result = judgeAdd(planOf(courses, add), student, add, set, context);
    results.push(result);
    if (result.problems.length > 0) return results;
  }
  return results;
}

/** The answer to a set that was sent as a single request: its first problem, else the enrollment of its last entry. */
export function answerOf(results: readonly ChangeResult[]): StoredAnswer {
  const problem = results.flatMap(({ problems }) => problems)[0];
  if (problem) return refused(problem);
  const last = results.at(-1);
  if (!last?.record) throw new Error('A change set without entries has no answer.');
  return last.action === 'add' ? created(last.record, last.waitlistPosition) : changed(last.record);
}

/** Judges one add and applies what it comes to. */
function judgeAdd(
  course: CoursePlan,
  student: StudentPlan,
  { courseId, joinWaitlist: wantsToWait, isPromotion }: Addition,
  { actor, override }: Terms,
  context: JudgingContext,
): ChangeResult {
  const { seats, offering, semester } = course;
  // Who gets a seat beyond the capacity does not wait for one.
  const joinWaitlist = wantsToWait && !override.has('seat_unavailable');
  const { creditLimit, holds } = student.record;
  const eligibility = new Eligibility(student.record, context.campus.grades);
  const known = { entries: student.entries, creditLimit, holds, eligibility };
  const ruleCase = { seats, offering, semester, student: known, ...context, joinWaitlist };
  const { problems, overridden } = isPromotion
    ? judgePromotion(ruleCase, waitingOverride(student.enrollmentIn(courseId)))
    : judgeRequest(ruleCase, override);
  const result = { action: 'add' as const, courseId, record: undefined, waitlistPosition: null, problems };
  if (problems.length > 0) return result;
  const status = takesSeat(seats, joinWaitlist) ? ('enrolled' as const) : ('waitlisted' as const);
  const change = isPromotion ? ('promoted' as const) : status;
  const step = { to: status, change, actor, now: context.now, override: overridden };
  const record = applyTransition(course, student, context.campus, step);
  return { ...result, record, waitlistPosition: course.seats.waitlistedCount };
}

/** Judges one drop and applies it. */
function judgeDrop(
  course: CoursePlan,
  student: StudentPlan,
  { courseId, whenEnded }: Removal,
  { actor }: Terms,
  { now, campus }: JudgingContext,
): ChangeResult {
  const record = student.enrollmentIn(courseId);
  if (!record) throw new Error('The place to give up was not read.');
  const isRegistrar = actor.role === 'registrar' || actor.role === 'admin';
  const holds = holdsThat(student.record.holds, 'drop');
  const terms = { semester: course.semester, offering: course.offering, holds: isRegistrar ? [] : holds };
  const outcome = dropOutcome(record.status, terms, { now, campusTime: campus.time });
  const result = { action: 'drop' as const, courseId, record, waitlistPosition: null, problems: [] };
  if (outcome.kind === 'refused') return { ...result, record: undefined, problems: [outcome] };
  if (outcome.kind === 'already_ended') {
    return whenEnded === 'unchanged' ? result : { ...result, record: undefined, problems: [hasEnded] };
  }
  const reason = actor.role === 'student' ? {} : { reason: 'by_registrar' };
  const override = holds.length > 0 ? ['hold'] : [];
  const step = { to: outcome.status, change: outcome.status, actor, now, override, ...reason };
  return { ...result, record: applyTransition(course, student, campus, step) };
}

/** What a registrar set aside when the student joined the waitlist holds for the promotion too. */
function waitingOverride(record: EnrollmentRecord | undefined): ReadonlySet<string> {
  return new Set(record?.history.findLast(({ action }) => action === 'waitlisted')?.override);
}

function isOffered(course: CoursePlan | undefined): boolean {
  return course !== undefined && course.seats.status !== 'draft';
}

function requireOneSemester(courses: ReadonlyMap<string, CoursePlan>): void {
  const semesters = new Set([...courses.values()].map(({ seats }) => seats.semesterId));
  if (semesters.size <= 1) return;
  const message = 'Both courses must be in one semester.';
  throw validationFailed([{ path: 'addCourseId', code: 'inconsistent', message }]);
}

function planOf(courses: ReadonlyMap<string, CoursePlan>, { courseId }: { courseId: string }): CoursePlan {
  const course = courses.get(courseId);
  if (!course) throw new Error('A course of the change set was not read.');
  return course;
}

const hasEnded: Problem = {
  code: 'enrollment_ended',
  detail: 'The enrollment to give up has ended already. Enroll in the other course instead.',
};
