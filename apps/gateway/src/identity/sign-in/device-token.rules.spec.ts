import { describe, expect, it } from 'vitest';
import {
  deviceTokenKey,
  deviceTokenLifeMs,
  deviceToken,
  cookieWithToken,
  deviceInCookie,
} from './device-token.rules.ts';

const key = deviceTokenKey('a secret of the tests that is long enough');
const now = Date.parse('2027-03-03T00:00:00.000Z');
const ann = 'ann@registrar.example';
const account = { email: ann, epoch: 3 };

describe('the mark of a device', () => {
  it('is known for its account, in any case of letters, and for no other', () => {
    const cookie = cookieWithToken(key, '', account, now);
    expect(deviceInCookie(key, cookie, 'ANN@registrar.example', now)?.epoch).toBe(3);
    expect(deviceInCookie(key, cookie, 'ben@registrar.example', now)).toBeUndefined();
    expect(cookie).not.toContain('ann');
  });

  it('names its device: the same one for a copy, another after the next sign-in, and nothing of the token', () => {
    const cookie = cookieWithToken(key, '', account, now);
    const idOf = (value: string) => deviceInCookie(key, value, ann, now)?.id ?? '';
    expect(idOf(cookie)).toMatch(/^[\w-]{22}$/);
    expect(idOf(cookie)).toBe(idOf(`${cookie}~other`));
    expect(cookie).not.toContain(idOf(cookie));
    expect(idOf(cookieWithToken(key, cookie, account, now + 1))).not.toBe(idOf(cookie));
  });

  it('ends after 90 days', () => {
    const cookie = cookieWithToken(key, '', account, now);
    expect(deviceInCookie(key, cookie, ann, now + deviceTokenLifeMs - 1)).toBeDefined();
    expect(deviceInCookie(key, cookie, ann, now + deviceTokenLifeMs)).toBeUndefined();
  });

  it('cannot be made up, made younger or made by another key', () => {
    const mark = deviceToken(key, account, now);
    const [, , mac = ''] = mark.split('.');
    const forged = [
      '',
      '~~~',
      'x',
      `${(now + 1).toString(36)}.3.${mac}`,
      `${now.toString(36)}.4.${mac}`,
      `${now.toString(36)}.${mac}`,
      `0.3.${mac}`,
      `0${mark}`,
      `zzzzzzzzzzz.3.${mac}`,
      `${mark.slice(0, -1)}~`,
      `${now.toString(36)}.3.${'é'.repeat(43)}`,
      deviceToken(deviceTokenKey('another secret of the tests, long enough too'), account, now),
    ];
    for (const cookie of forged) expect(deviceInCookie(key, cookie, ann, now)).toBeUndefined();
  });

  it('stands beside those of other accounts, four at most, the newest first', () => {
    let cookie = '';
    for (let at = 0; at < 10; at += 1)
      cookie = cookieWithToken(key, cookie, { email: `u${at % 6}@registrar.example`, epoch: 1 }, now + at);
    expect(cookie.split('~')).toHaveLength(4);
    expect(cookie.split('~')[0]).toBe(deviceToken(key, { email: 'u3@registrar.example', epoch: 1 }, now + 9));
    expect(deviceInCookie(key, cookie, 'u3@registrar.example', now + 10)).toBeDefined();
    expect(deviceInCookie(key, cookie, 'u5@registrar.example', now + 10)).toBeUndefined();
    expect(cookie.length).toBeLessThan(250);
  });
});
