import { createHash } from 'node:crypto';
import { mailAddress } from '@registrar/contracts-gateway';

/** What makes two mail addresses the same: their letters, in any case, any Unicode form, space around them aside. */
function folded(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/**
 * The key under which the account of a mail address is kept: 254 bytes at most, never empty. Undefined for what is
 * no mail address once it is normalised: nobody has it, so nothing is looked up by it.
 */
export function emailKey(email: string): string | undefined {
  const key = folded(email);
  return mailAddress.safeParse(key).success ? key : undefined;
}

/** The key of an account's own address. @throws Error where an account was made with something else */
export function ownEmailKey(email: string): string {
  const key = emailKey(email);
  if (key === undefined) throw new Error('An account has a mail address that is none.');
  return key;
}

/** Stands for whatever was typed as a mail address in counters and queues: always 43 characters, and tells nothing. */
export function emailDigest(email: string): string {
  return createHash('sha256').update(folded(email)).digest('base64url');
}
