import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Characters after the prefix: 20 of base32 carry 100 bits, so ids of all instances may be made without asking. */
export const idLength = 20;

/** A new opaque id: `<prefix>_` and 20 characters of `a-z2-7`, 100 bits of randomness. */
export function newId(prefix: string): string {
  const bytes = randomBytes(idLength);
  let id = `${prefix}_`;
  for (const byte of bytes) id += alphabet[byte & 31];
  return id;
}

/** Whether `value` has the form that `newId(prefix)` gives. */
export function isId(prefix: string, value: string): boolean {
  return value.startsWith(`${prefix}_`) && /^[a-z2-7]{20}$/.test(value.slice(prefix.length + 1));
}
