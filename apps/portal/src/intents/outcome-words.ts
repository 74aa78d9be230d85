import { t } from '@lingui/core/macro';
import type { Enrollment } from '@registrar/contracts-enrollments';
import type { Intent, IntentProgress } from './intent.ts';

/** What became of a write, in a sentence; of one that has no final answer, how it stands. */
export function wordsForOutcome({ subject }: Intent, progress: IntentProgress): string {
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
      return wordsForEnrollment(subject.action, progress.answer as Enrollment);
    case 'refused':
      return progress.problem.detail;
  }
}

function wordsForEnrollment(action: Intent['subject']['action'], enrollment: Enrollment): string {
  const position = enrollment.waitlistPosition;
  switch (enrollment.status) {
    case 'enrolled':
      return action === 'swap' ? t`Enrolled. The other course is dropped.` : t`Enrolled`;
    case 'waitlisted':
      return position === null ? t`On the waitlist` : t`On the waitlist, position ${position}`;
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
