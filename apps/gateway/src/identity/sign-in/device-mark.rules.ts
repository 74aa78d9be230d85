import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { emailDigest } from '../accounts/email-key.rules.ts';

/** How long a device is known after it signed in, ms. */
export const markLifeMs = 90 * 24 * 60 * 60_000;
/** Marks that a device keeps, for as many accounts: on a shared one the cookie must not grow with its users. */
const mostMarks = 4;
const between = '~';
const form = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.[\w-]{43}$/;

/** What a device signed in to. */
export interface MarkedAccount {
  email: string;
  /** The account's session epoch: with the next one, after a change of its password, the mark says nothing any more. */
  epoch: number;
}

/** The key of device marks, from the secret that only services have. */
export function markKey(serviceSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', 'device mark', 32));
}

/** What shows that a device signed in to an account at `at` (ms). It names nobody and opens nothing. */
export function markOf(key: Buffer, { email, epoch }: MarkedAccount, at: number): string {
  const moment = `${at.toString(36)}.${epoch.toString(36)}`;
  const mac = createHmac('sha256', key)
    .update(`${moment} ${emailDigest(email)}`)
    .digest('base64url');
  return `${moment}.${mac}`;
}

/** The session epoch in the mark of `cookie` that is for `email` and not too old; undefined where there is none. */
export function markedEpoch(key: Buffer, cookie: string, email: string, now: number): number | undefined {
  const own = marksOf(cookie, now).find((mark) => isFor(key, mark, email));
  return own === undefined ? undefined : partsOf(own).epoch;
}

/** The cookie's value after a sign-in: the new mark first, in place of an older one of that account. */
export function markedCookie(key: Buffer, cookie: string, account: MarkedAccount, now: number): string {
  const others = marksOf(cookie, now).filter((mark) => !isFor(key, mark, account.email));
  return [markOf(key, account, now), ...others].slice(0, mostMarks).join(between);
}

function marksOf(cookie: string, now: number): string[] {
  return cookie
    .split(between, mostMarks)
    .filter((mark) => form.test(mark) && now - partsOf(mark).at < markLifeMs);
}

function partsOf(mark: string): { at: number; epoch: number } {
  const [, at = '0', epoch = '0'] = form.exec(mark) ?? [];
  return { at: Number.parseInt(at, 36), epoch: Number.parseInt(epoch, 36) };
}

/** In constant time. */
function isFor(key: Buffer, mark: string, email: string): boolean {
  const { at, epoch } = partsOf(mark);
  const [given, right] = [Buffer.from(mark), Buffer.from(markOf(key, { email, epoch }, at))];
  return given.length === right.length && timingSafeEqual(given, right);
}
