import { t } from '@lingui/core/macro';
import type { ChangeResult, ChangesAnswer, Enrollment } from '@registrar/contracts-enrollments';
import type { Intent, IntentProgress, IntentSubject } from './intent.ts';

/** What became of a write, in a sentence; of one that has no final answer, how it stands. */
export function wordsForOutcome({ subject }: Pick<Intent, 'subject'>, progress: IntentProgress): string {
  switch (progress.status) {
    case 'sending':
      return t`Sending…`;
    case 'unknown':
      return t`We don't know yet. Asking again, safely.`;
    case 'busy':
      return t`Busy. Your request is kept.`;
    case 'session-ended':
      return t`Your request is kept. Sign in to send it.`;
    case 'stopped':
      return t`Stopped. Nothing was changed.`;
    case 'expired':
      return t`This request is too old to send again. My courses shows what happened.`;
    case 'done':
      return isChanges(progress.answer)
        ? wordsForChanges(progress.answer, subject)
        : wordsForEnrollment(subject.action, progress.answer as Enrollment);
    case 'refused':
      return progress.problem.detail;
  }
}

/** What came of one entry of a set of changes, in a sentence. */
export function wordsForResult({ outcome, enrollment, problems }: ChangeResult): string {
  switch (outcome) {
    case 'enrolled':
      return t`Enrolled`;
    case 'waitlisted':
      return wordsForWait(enrollment?.waitlistPosition ?? null);
    case 'dropped':
      return t`Dropped`;
    case 'withdrawn':
      return t`Withdrawn`;
    case 'refused':
      return problems[0]?.detail ?? t`Refused`;
    case 'unchanged':
      return t`Not changed`;
  }
}

/** Whether an answer is one to a set of changes. */
export function isChanges(answer: unknown): answer is ChangesAnswer {
  return Array.isArray((answer as Partial<ChangesAnswer> | undefined)?.results);
}

/** Each course with what came of it; the name is left out where there is one course. */
function wordsForChanges({ results }: ChangesAnswer, { action, names }: IntentSubject): string {
  const [only] = results;
  if (only && results.length === 1) return wordsForResult(only);
  const outcomes = results.map(({ outcome }) => outcome).toSorted();
  if (action === 'swap' && outcomes.join() === 'dropped,enrolled')
    return t`Enrolled. The other course is dropped.`;
  return results
    .map((result) => `${names?.[result.courseId] ?? result.courseId}: ${wordsForResult(result)}`)
    .join('\n');
}

function wordsForWait(position: number | null): string {
  return position === null ? t`On the waitlist` : t`On the waitlist, position ${position}`;
}

function wordsForEnrollment(action: IntentSubject['action'], enrollment: Enrollment): string {
  if (action === 'credits' || action === 'drop-on-promotion') return t`Saved`;
  switch (enrollment.status) {
    case 'enrolled':
      return t`Enrolled`;
    case 'waitlisted':
      return wordsForWait(enrollment.waitlistPosition);
    case 'dropped':
      return action === 'leave-waitlist' ? t`You have left the waitlist.` : t`Dropped`;
    case 'withdrawn':
      return t`Withdrawn`;
    case 'cancelled':
      return t`The course was cancelled.`;
    case 'completed':
      return t`Completed`;
  }
}
