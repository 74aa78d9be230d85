import { t } from '@lingui/core/macro';
import { ApiProblem, Unreachable } from '../api/problems.ts';

/** What went wrong with a form, but for faults of its fields: in the reader's language, with what to do. */
export function wordsForRequest(error: unknown): string {
  if (error instanceof Unreachable)
    return t`The server cannot be reached. Check your connection and try again.`;
  if (!(error instanceof ApiProblem)) return t`Something in this page failed. Load it again.`;
  const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 5_000) / 1_000));
  const minutes = Math.ceil(seconds / 60);
  switch (error.body.code) {
    case 'invalid_credentials':
      return t`This email and password do not fit together. Check both, or set a new password.`;
    case 'validation_failed':
      return t`Some fields need another look.`;
    case 'too_many_attempts':
      return t`Too many failed attempts from here. Try again in ${minutes} min, or set a new password.`;
    case 'email_taken':
      return t`This email has an account already. Sign in, or set a new password.`;
    case 'registration_closed':
      return t`New accounts are not open to this email. Ask the registrar's office.`;
    case 'invalid_reset_token':
      return t`This link is used up or older than 30 minutes. Ask for a new one.`;
    default:
      return error.isBusy
        ? t`The server is busy right now. Try again in ${seconds} s.`
        : t`The server could not answer. Try again.`;
  }
}
