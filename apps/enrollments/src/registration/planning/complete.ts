import type { StoredAnswer } from '@registrar/idempotency';
import { changed, enrollmentNotFound, refused } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import type { EnrollmentRecord } from '../../enrollment/enrollment.types.ts';
import type { CompleteCommand } from './commands.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** How long an instructor may undo a completion, ms. */
const undoMs = 30 * 86_400_000;

/** Reason of the event and in the history of an undone completion. */
const undone = 'completion_undone';

/**
 * Completes a taken seat, corrects the grade of a completed one, or undoes a completion. What is so already is given
 * as it is.
 */
export function complete(
  course: CoursePlan,
  student: StudentPlan,
  { actor, status, grade }: Omit<CompleteCommand, 'kind' | 'userId'>,
  { now, campus }: { now: string; campus: CampusRules },
): StoredAnswer {
  const record = student.enrollmentIn(course.offering.courseId);
  if (!record) return enrollmentNotFound;
  if (record.status === 'completed') {
    if (status === 'enrolled') return undo(course, student, record, { actor, now, campus });
    if (grade === undefined || grade === record.grade) return changed(record);
  } else if (record.status !== 'enrolled' || status === undefined) {
    return refusedTransition(record, status);
  } else if (status === 'enrolled') return changed(record);
  const step = { to: 'completed', change: 'completed', actor, now, grade: grade ?? null } as const;
  return changed(applyTransition(course, student, campus, step));
}

function undo(
  course: CoursePlan,
  student: StudentPlan,
  record: EnrollmentRecord,
  { actor, now, campus }: { actor: CompleteCommand['actor']; now: string; campus: CampusRules },
): StoredAnswer {
  if (course.seats.status === 'cancelled') {
    const detail = 'The course was cancelled: the completion stays. Correct the grade instead.';
    return refused({ code: 'invalid_transition', detail, params: { status: record.status } });
  }
  const isTooLate = Date.parse(now) - Date.parse(completedAt(record)) > undoMs;
  if (actor.role === 'instructor' && isTooLate) {
    const detail =
      "Instructors can undo a completion for 30 days. Ask the registrar's office to undo this one.";
    return refused({ code: 'invalid_transition', detail, params: { status: record.status } });
  }
  const step = {
    to: 'enrolled',
    change: 'enrolled',
    actor,
    now,
    reason: undone,
    keepsBeginning: true,
  } as const;
  return changed(applyTransition(course, student, campus, step));
}

/** When a completed one was completed; corrections of its grade came later. */
function completedAt({ history, updatedAt }: EnrollmentRecord): string {
  const beginning = history.findLastIndex(({ status }) => status !== 'completed') + 1;
  return history[beginning]?.at ?? updatedAt;
}

function refusedTransition({ status }: EnrollmentRecord, wanted: CompleteCommand['status']): StoredAnswer {
  const detail =
    wanted === undefined
      ? `Only a completed enrollment has a grade; this one is ${status}.`
      : wanted === 'enrolled'
        ? `Only a completion can be undone; this enrollment is ${status}.`
        : `Only a taken seat can be completed; this one is ${status}.`;
  return refused({ code: 'invalid_transition', detail, params: { status } });
}
