import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { emailDigest } from '../accounts/email-key.rules.ts';

/** How long a device is known after it signed in, ms. */
export const deviceTokenLifeMs = 90 * 24 * 60 * 60_000;
/** Marks that a device keeps, for as many accounts: on a shared one the cookie must not grow with its users. */
const maxTokens = 4;
const between = '~';
const form = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.[\w-]{43}$/;

/** What a device signed in to. */
export interface DeviceAccount {
  email: string;
  /** The account's session epoch: with the next one, after a change of its password, the mark says nothing any more. */
  epoch: number;
}

/** The key of device marks, from the secret that only services have. */
export function deviceTokenKey(serviceSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', 'device mark', 32));
}

/** What shows that a device signed in to an account at `at` (ms). It names nobody and opens nothing. */
export function deviceToken(key: Buffer, { email, epoch }: DeviceAccount, at: number): string {
  const moment = `${at.toString(36)}.${epoch.toString(36)}`;
  const mac = createHmac('sha256', key)
    .update(`${moment} ${emailDigest(email)}`)
    .digest('base64url');
  return `${moment}.${mac}`;
}

/** The session epoch in the mark of `cookie` that is for `email` and not too old; undefined where there is none. */
export function epochInCookie(key: Buffer, cookie: string, email: string, now: number): number | undefined {
  const own = deviceTokensOf(cookie, now).find((mark) => isFor(key, mark, email));
  return own === undefined ? undefined : partsOf(own).epoch;
}

/** The cookie's value after a sign-in: the new mark first, in place of an older one of that account. */
export function cookieWithToken(key: Buffer, cookie: string, account: DeviceAccount, now: number): string {
  const others = deviceTokensOf(cookie, now).filter((mark) => !isFor(key, mark, account.email));
  return [deviceToken(key, account, now), ...others].slice(0, maxTokens).join(between);
}

function deviceTokensOf(cookie: string, now: number): string[] {
  return cookie
    .split(between, maxTokens)
    .filter((mark) => form.test(mark) && now - partsOf(mark).at < deviceTokenLifeMs);
}

function partsOf(mark: string): { at: number; epoch: number } {
  const [, at = '0', epoch = '0'] = form.exec(mark) ?? [];
  return { at: Number.parseInt(at, 36), epoch: Number.parseInt(epoch, 36) };
}

/** In constant time. */
function isFor(key: Buffer, mark: string, email: string): boolean {
  const { at, epoch } = partsOf(mark);
  const [given, right] = [Buffer.from(mark), Buffer.from(deviceToken(key, { email, epoch }, at))];
  return given.length === right.length && timingSafeEqual(given, right);
}
