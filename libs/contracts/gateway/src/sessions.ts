import { z } from 'zod';
import { submittedAddress } from './http.ts';

const timestamp = z.iso.datetime({ precision: 3 });

/** A session of the caller. */
const sessionItem = z.strictObject({
  id: z.string(),
  /** Whether it is the one of the call. */
  current: z.boolean(),
  createdAt: timestamp,
  lastUsedAt: timestamp,
  /** When it ends at the latest, if it is not used again. */
  expiresAt: timestamp,
  /** `web` where it began in a page of the portal. */
  client: z.enum(['web', 'api']),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
});

/** Answer of `GET /api/auth/sessions`: those that can be used, newest first. */
export const sessionList = z.strictObject({ items: z.array(sessionItem) });

/** Sessions of the caller. */
export type SessionList = z.infer<typeof sessionList>;

/** `POST /api/auth/email-confirmation`: the token of the mail. */
export const emailConfirmation = z.strictObject({ token: z.string().min(1).max(512) });

/** `POST /api/auth/email-confirmation/resend`. */
export const confirmationRequest = z.strictObject({ email: submittedAddress });
