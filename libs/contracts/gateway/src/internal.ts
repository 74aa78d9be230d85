import { z } from 'zod';
import { userState } from './events.ts';
import { externalId, submittedAddress } from './http.ts';

/**
 * `GET /internal/users/:id`, `GET /internal/users?email=` by mail address in any case of letters, and
 * `GET /internal/users?externalId=`: 200 with the one user, or 404 `user_not_found`.
 */
export const internalUser = userState;

/** Query of `GET /internal/users`: a mail address or an external id. */
export const internalUserQuery = z
  .strictObject({ email: submittedAddress, externalId })
  .partial()
  .refine((keys) => Object.keys(keys).length === 1, 'Search by email or by externalId.');

/** By what one user is asked for. */
export type InternalUserQuery = z.infer<typeof internalUserQuery>;

/**
 * `POST /internal/password-resets/:id/link`: makes the one link of a reset when its mail is sent. 200 with it, or
 * 404 `reset_not_found` when the reset is used, expired or unknown. The same link again while it is good. `signIn` is
 * `campus` for an account that has no password and gets none: its link leads to the sign-in page.
 */
export const resetLink = z.object({
  link: z.string(),
  email: z.string(),
  name: z.string(),
  expiresAt: z.string(),
  /** Added later; without it, `password`. */
  signIn: z.enum(['password', 'campus']).optional(),
});

/**
 * `POST /internal/account-mails/:id/content`: what a mail says and to whom, decided when it is sent. 200 with it, or 404
 * `mail_not_found` when there is nothing to say any more.
 */
export const accountMail = z.object({
  /**
   * `confirm_email`: the link makes the account that waits for it. `email_taken`: somebody tried to register with the
   * mail of an account. `sign_in_link`: too many failed sign-ins in a row; the link sets a new password.
   */
  kind: z.enum(['confirm_email', 'email_taken', 'sign_in_link']),
  email: z.string(),
  /** Empty where the mail is to name nobody. */
  name: z.string(),
  link: z.string(),
  expiresAt: z.string(),
});

/** What a mail says. */
export type AccountMail = z.infer<typeof accountMail>;
