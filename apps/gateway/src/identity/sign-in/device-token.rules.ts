import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { emailDigest } from '../accounts/email-key.rules.ts';

/** How long a device is known after it signed in, ms. */
export const deviceTokenLifeMs = 90 * 24 * 60 * 60_000;
/** Tokens that a device keeps, for as many accounts: on a shared one the cookie must not grow with its users. */
const maxTokens = 4;
const between = '~';
const form = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.[\w-]{43}$/;

/** A device that signed in to an account before. */
export interface KnownDevice {
  /** Of the sign-in that made its token known, so that a copy of the token is the same device; reveals nothing of it. */
  id: string;
  /** The account's session epoch at that sign-in. */
  epoch: number;
}

/** What a device signed in to. */
interface DeviceAccount {
  email: string;
  /** The account's session epoch: with the next one, after a change of its password, the token says nothing any more. */
  epoch: number;
}

/** The key of device tokens, from the secret that only services have. */
export function deviceTokenKey(serviceSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', 'device mark', 32));
}

/** What shows that a device signed in to an account at `at` (ms). It identifies no account and grants no access. */
export function deviceToken(key: Buffer, { email, epoch }: DeviceAccount, at: number): string {
  const moment = `${at.toString(36)}.${epoch.toString(36)}`;
  const mac = createHmac('sha256', key)
    .update(`${moment} ${emailDigest(email)}`)
    .digest('base64url');
  return `${moment}.${mac}`;
}

/** The device by the token of `cookie` that is for `email` and not too old; undefined where there is none. */
export function deviceInCookie(
  key: Buffer,
  cookie: string,
  email: string,
  now: number,
): KnownDevice | undefined {
  const own = deviceTokensOf(cookie, now).find((token) => isFor(key, token, email));
  if (own === undefined) return undefined;
  const id = createHash('sha256').update(own).digest('base64url').slice(0, 22);
  return { id, epoch: partsOf(own).epoch };
}

/** The cookie's value after a sign-in: the new token first, in place of an older one of that account. */
export function cookieWithToken(key: Buffer, cookie: string, account: DeviceAccount, now: number): string {
  const others = deviceTokensOf(cookie, now).filter((token) => !isFor(key, token, account.email));
  return [deviceToken(key, account, now), ...others].slice(0, maxTokens).join(between);
}

function deviceTokensOf(cookie: string, now: number): string[] {
  return cookie
    .split(between, maxTokens)
    .filter((token) => form.test(token) && now - partsOf(token).at < deviceTokenLifeMs);
}

function partsOf(token: string): { at: number; epoch: number } {
  const [, at = '0', epoch = '0'] = form.exec(token) ?? [];
  return { at: Number.parseInt(at, 36), epoch: Number.parseInt(epoch, 36) };
}

/** In constant time. */
function isFor(key: Buffer, token: string, email: string): boolean {
  const { at, epoch } = partsOf(token);
  const [actual, expected] = [Buffer.from(token), Buffer.from(deviceToken(key, { email, epoch }, at))];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
