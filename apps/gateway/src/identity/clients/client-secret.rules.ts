import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StoredSecret } from './client.ts';

const secretForm = /^rcs_[\w-]{43}$/;

/** A new secret: 256 random bits. */
export function newSecret(): string {
  return `rcs_${randomBytes(32).toString('base64url')}`;
}

/** How a secret is kept. No slow hash: it has 256 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/**
 * The one of `secrets` that `submitted` is, or undefined; in the same time whether it is one of them or none, and
 * however many there are.
 */
export function matchingSecret(
  submitted: string,
  secrets: readonly StoredSecret[],
): StoredSecret | undefined {
  const hash = Buffer.from(hashOf(submitted));
  const [first = nobodys, second = nobodys] = secrets;
  const matches = [first, second].map((secret) => timingSafeEqual(hash, Buffer.from(secret.hash)));
  const found = matches[0] ? first : matches[1] ? second : undefined;
  return secretForm.test(submitted) && found !== nobodys ? found : undefined;
}

/** What is compared where a client has fewer secrets, or is none. */
const nobodys: StoredSecret = { id: '', hash: hashOf(''), createdAt: '' };
