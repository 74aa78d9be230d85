import type { StoredAnswer } from '@registrar/idempotency';
import { changed, enrollmentNotFound, refused } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import { standingOverride } from '../../enrollment/standing-override.rules.ts';
import { judgeOnly } from '../rules/index.ts';
import type { EnrollmentRecord } from '../../enrollment/enrollment.types.ts';
import type { AmendCommand } from './commands.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** Reason of the event and in the history of other credits. */
const creditsChanged = 'credits_changed';

/** What is judged where an own place gets other credits. */
const judged = new Set(['registration_paused', 'enrollment_window_closed', 'hold', 'credit_limit_exceeded']);

/**
 * Changes what a student said of an own place: the credits of a seat, judged by window and credit limit, or which
 * enrollment is dropped when the waiting place becomes a seat: the place is judged again with that. What is so already is
 * given as it is.
 */
export function amend(
  course: CoursePlan,
  student: StudentPlan,
  { actor, credits, dropOnPromotion }: Omit<AmendCommand, 'kind' | 'userId'>,
  { now, campus }: { now: string; campus: CampusRules },
): StoredAnswer {
  const record = student.enrollmentIn(course.offering.courseId);
  if (!record) return enrollmentNotFound;
  if (credits === undefined) {
    if (record.status !== 'waitlisted')
      return notNow(record.status, 'Only a place on a waitlist can name an enrollment to drop');
    if (dropOnPromotion === undefined || dropOnPromotion === record.dropOnPromotion) return changed(record);
    student.retryDue = true;
    return changed(student.amend(withDrop(record, dropOnPromotion, actor, now)));
  }
  if (record.status !== 'enrolled')
    return notNow(record.status, 'Only the credits of a taken seat can be changed');
  if (credits === record.credits) return changed(record);
  const problem = actor.role === 'student' ? problemOf(course, student, credits, { now, campus }) : undefined;
  if (problem) return refused(problem);
  const isLess = credits < record.credits;
  const step = {
    to: 'enrolled',
    change: 'enrolled',
    actor,
    now,
    credits,
    reason: creditsChanged,
    keepsBeginning: true,
  } as const;
  const after = applyTransition(course, student, campus, step);
  student.retryDue ||= isLess && student.entries.some(({ status }) => status === 'waitlisted');
  return changed(after);
}

function problemOf(
  { seats, offering, semester }: CoursePlan,
  student: StudentPlan,
  credits: number,
  { now, campus }: { now: string; campus: CampusRules },
) {
  const { holds, creditLimit } = student.record;
  const entries = student.entries.filter(({ courseId }) => courseId !== offering.courseId);
  const eligibility = new Eligibility(student.record, campus.grades);
  return judgeOnly(judged, {
    seats,
    offering,
    semester,
    student: { entries, holds, creditLimit, eligibility },
    together: { before: [], after: [] },
    offerings: new Map(),
    now,
    campus,
    credits,
    place: { hasSeat: true, joinWaitlist: false, waits: false },
  })[0];
}

function withDrop(
  record: EnrollmentRecord,
  dropOnPromotion: string | null,
  actor: AmendCommand['actor'],
  now: string,
): EnrollmentRecord {
  const entry = {
    at: now,
    action: 'amended',
    actorId: actor.id,
    actorRole: actor.role,
    status: record.status,
    reason: dropOnPromotion === null ? 'drops_nothing_on_promotion' : 'drops_on_promotion',
    override: [...standingOverride(record.history)],
  };
  const history = [...record.history, entry];
  return { ...record, dropOnPromotion, updatedAt: now, version: record.version + 1, history };
}

function notNow(status: Parameters<typeof changed>[0]['status'], what: string): StoredAnswer {
  return refused({
    code: 'invalid_transition',
    detail: `${what}; this one is ${status}.`,
    params: { status },
  });
}
