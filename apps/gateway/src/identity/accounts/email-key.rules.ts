import { createHash } from 'node:crypto';
import { mailAddress } from '@registrar/contracts-gateway';

/** Folds case, Unicode form and surrounding space: emails that fold to the same text are the same. */
function folded(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/**
 * The key of an email's account: 254 bytes at most, never empty. Undefined for what is no email once it is folded:
 * no account has it, so nothing is looked up by it.
 */
export function emailKey(email: string): string | undefined {
  const key = folded(email);
  return mailAddress.safeParse(key).success ? key : undefined;
}

/** The key of an account's own email. @throws Error for an invalid one */
export function ownEmailKey(email: string): string {
  const key = emailKey(email);
  if (key === undefined) throw new Error('The email of an account is invalid.');
  return key;
}

/** Stands for any typed email in counters and queues: always 43 characters, and reveals nothing. */
export function emailDigest(email: string): string {
  return createHash('sha256').update(folded(email)).digest('base64url');
}
