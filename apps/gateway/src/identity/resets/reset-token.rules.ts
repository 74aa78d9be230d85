import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { PasswordReset } from './password-reset.ts';

/** The key of reset tokens, from the secret that only services have. */
export function resetKey(serviceSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', 'password reset token', 32));
}

/**
 * The one token of a reset. It is made when it is needed and kept nowhere: a reader of the table, Kafka or a
 * log cannot make it.
 */
export function resetToken({ id, userId, nonce }: PasswordReset, key: Buffer): string {
  const mac = createHmac('sha256', key).update(`${id}.${userId}.${nonce}`).digest('base64url');
  return `${id}.${mac}`;
}

/** The reset that a token says it belongs to, or undefined where it has not the form of one. */
export function resetIdOf(token: string): string | undefined {
  return /^(rst_[a-z2-7]{20})\.[\w-]{43}$/.exec(token)?.[1];
}

/** Whether `token` is the one of `reset`; in constant time. */
export function isTokenOf(reset: PasswordReset, token: string, key: Buffer): boolean {
  const [actual, expected] = [Buffer.from(token), Buffer.from(resetToken(reset, key))];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
