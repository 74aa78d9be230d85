import { t } from '@lingui/core/macro';
import { ApiProblem, Unreachable } from '../api/problems.ts';

/** What went wrong with an export of the own data. */
export function wordsForExport(error: unknown): string {
  if (error instanceof ApiProblem && error.body.code === 'export_not_found')
    return t`This collection is older than 7 days, or not yours. Have your data collected again.`;
  return wordsForRequest(error);
}

/** What went wrong with a form, but for faults of its fields: in the reader's language, with what to do. */
export function wordsForRequest(error: unknown): string {
  if (error instanceof Unreachable)
    return t`The server cannot be reached. Check your connection and try again.`;
  if (!(error instanceof ApiProblem)) return t`Something in this page failed. Load it again.`;
  const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 5_000) / 1_000));
  const minutes = Math.ceil(seconds / 60);
  const known = words[error.body.code];
  if (known !== undefined) return known({ minutes });
  return error.isBusy
    ? t`The server is busy right now. Try again in ${seconds} s.`
    : t`The server could not answer. Try again.`;
}

/** Words of refusals, by their codes. */
const words: Readonly<Record<string, (params: { readonly minutes: number }) => string>> = {
  invalid_credentials: () =>
    t`This email and password do not fit together. Check both, or set a new password.`,
  validation_failed: () => t`Some fields need another look.`,
  too_many_attempts: ({ minutes }) =>
    t`Too many failed attempts from here. Try again in ${minutes} min, or set a new password.`,
  email_taken: () => t`This email has an account already. Sign in, or set a new password.`,
  registration_closed: () => t`New accounts are not open to this email. Ask the registrar's office.`,
  account_suspended: () => t`This account is suspended. Ask the registrar's office.`,
  email_unconfirmed: () => t`Confirm your email first: open the link in the mail that we sent you.`,
  sign_in_link_required: () =>
    t`After many failed attempts, a password alone is not enough. Open the link in the mail that we sent you.`,
  invalid_confirmation_token: () => t`This link is used up or too old. Have it sent again.`,
  recent_sign_in_required: () => t`Sign in with your password again first: it is more than 5 minutes ago.`,
  last_identity: () => t`You could not sign in any more without it. Set a password first.`,
  provider_unavailable: () => t`The sign-in of the campus does not answer. Try again in a minute.`,
  invalid_reset_token: () => t`This link is used up or older than 30 minutes. Ask for a new one.`,
};
