import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { emailDigest } from '../accounts/email-key.rules.ts';

/** How long a device is known after it signed in, ms. */
export const markLifeMs = 90 * 24 * 60 * 60_000;
/** Marks that a device keeps, for as many accounts: on a shared one the cookie must not grow with its users. */
const mostMarks = 4;
const between = '~';
const form = /^([0-9a-z]{1,11})\.[\w-]{43}$/;

/** The key of device marks, from the secret that only services have. */
export function markKey(serviceSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', 'device mark', 32));
}

/** What shows that a device signed in to the account of `email` at `at` (ms). It names nobody and opens nothing. */
export function markOf(key: Buffer, email: string, at: number): string {
  const moment = at.toString(36);
  const mac = createHmac('sha256', key)
    .update(`${moment} ${emailDigest(email)}`)
    .digest('base64url');
  return `${moment}.${mac}`;
}

/** The mark of `cookie` that is for `email` and still good; undefined where there is none. */
export function knownMark(key: Buffer, cookie: string, email: string, now: number): string | undefined {
  return marksOf(cookie, now).find((mark) => isFor(key, mark, email));
}

/** The cookie's value after a sign-in: the new mark first, in place of an older one of that account. */
export function markedCookie(key: Buffer, cookie: string, email: string, now: number): string {
  const others = marksOf(cookie, now).filter((mark) => !isFor(key, mark, email));
  return [markOf(key, email, now), ...others].slice(0, mostMarks).join(between);
}

function marksOf(cookie: string, now: number): string[] {
  return cookie
    .split(between, mostMarks)
    .filter((mark) => form.test(mark) && now - momentOf(mark) < markLifeMs);
}

function momentOf(mark: string): number {
  return Number.parseInt(form.exec(mark)?.[1] ?? '0', 36);
}

/** In constant time. */
function isFor(key: Buffer, mark: string, email: string): boolean {
  const [given, right] = [Buffer.from(mark), Buffer.from(markOf(key, email, momentOf(mark)))];
  return given.length === right.length && timingSafeEqual(given, right);
}
