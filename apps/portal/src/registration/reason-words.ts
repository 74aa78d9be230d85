import { t } from '@lingui/core/macro';

/** Why a waiting student could not take a free seat, in a sentence, by the code of the refusal; undefined for none. */
export function wordsForReason(code: string | null | undefined): string | undefined {
  switch (code) {
    case null:
    case undefined:
      return undefined;
    case 'time_conflict':
      return t`It meets at the same time as another of your courses.`;
    case 'credit_limit_exceeded':
      return t`It would take you over the credit limit.`;
    case 'prerequisite_not_met':
      return t`A prerequisite is not met yet.`;
    case 'hold':
      return t`A hold on your account stops you from enrolling.`;
    case 'restricted':
      return t`The course is open to other students only.`;
    case 'enrollment_window_closed':
      return t`Enrollment is not open for you yet.`;
    case 'already_enrolled':
      return t`You are enrolled in another section of it.`;
    default:
      return t`It does not fit your schedule now.`;
  }
}
