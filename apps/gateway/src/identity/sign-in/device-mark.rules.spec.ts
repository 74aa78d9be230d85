import { describe, expect, it } from 'vitest';
import { markKey, markLifeMs, markOf, markedCookie, markedEpoch } from './device-mark.rules.ts';

const key = markKey('a secret of the tests that is long enough');
const now = Date.parse('2027-03-03T00:00:00.000Z');
const ann = 'ann@registrar.example';
const account = { email: ann, epoch: 3 };

describe('the mark of a device', () => {
  it('is known for its account, in any case of letters, and for no other', () => {
    const cookie = markedCookie(key, '', account, now);
    expect(markedEpoch(key, cookie, 'ANN@registrar.example', now)).toBe(3);
    expect(markedEpoch(key, cookie, 'ben@registrar.example', now)).toBeUndefined();
    expect(cookie).not.toContain('ann');
  });

  it('ends after 90 days', () => {
    const cookie = markedCookie(key, '', account, now);
    expect(markedEpoch(key, cookie, ann, now + markLifeMs - 1)).toBeDefined();
    expect(markedEpoch(key, cookie, ann, now + markLifeMs)).toBeUndefined();
  });

  it('cannot be made up, made younger or made by another key', () => {
    const mark = markOf(key, account, now);
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
      markOf(markKey('another secret of the tests, long enough too'), account, now),
    ];
    for (const cookie of forged) expect(markedEpoch(key, cookie, ann, now)).toBeUndefined();
  });

  it('stands beside those of other accounts, four at most, the newest first', () => {
    let cookie = '';
    for (let at = 0; at < 10; at += 1)
      cookie = markedCookie(key, cookie, { email: `u${at % 6}@registrar.example`, epoch: 1 }, now + at);
    expect(cookie.split('~')).toHaveLength(4);
    expect(cookie.split('~')[0]).toBe(markOf(key, { email: 'u3@registrar.example', epoch: 1 }, now + 9));
    expect(markedEpoch(key, cookie, 'u3@registrar.example', now + 10)).toBeDefined();
    expect(markedEpoch(key, cookie, 'u5@registrar.example', now + 10)).toBeUndefined();
    expect(cookie.length).toBeLessThan(250);
  });
});
