import { describe, expect, it } from 'vitest';
import { knownMark, markKey, markLifeMs, markOf, markedCookie } from './device-mark.rules.ts';

const key = markKey('a secret of the tests that is long enough');
const now = Date.parse('2027-03-03T00:00:00.000Z');
const ann = 'ann@registrar.example';

describe('the mark of a device', () => {
  it('is known for its account, in any case of letters, and for no other', () => {
    const cookie = markedCookie(key, '', ann, now);
    expect(knownMark(key, cookie, 'ANN@registrar.example', now)).toBe(cookie);
    expect(knownMark(key, cookie, 'ben@registrar.example', now)).toBeUndefined();
    expect(cookie).not.toContain('ann');
  });

  it('ends after 90 days', () => {
    const cookie = markedCookie(key, '', ann, now);
    expect(knownMark(key, cookie, ann, now + markLifeMs - 1)).toBeDefined();
    expect(knownMark(key, cookie, ann, now + markLifeMs)).toBeUndefined();
  });

  it('cannot be made up, made younger or made by another key', () => {
    const mark = markOf(key, ann, now);
    const [, mac = ''] = mark.split('.');
    const forged = [
      '',
      '~~~',
      'x',
      `${(now + 1).toString(36)}.${mac}`,
      `0.${mac}`,
      `0${mark}`,
      `zzzzzzzzzzz.${mac}`,
      `${mark.slice(0, -1)}~`,
      `${now.toString(36)}.${'é'.repeat(43)}`,
      markOf(markKey('another secret of the tests, long enough too'), ann, now),
    ];
    for (const cookie of forged) expect(knownMark(key, cookie, ann, now)).toBeUndefined();
  });

  it('stands beside those of other accounts, four at most, the newest first', () => {
    let cookie = '';
    for (let at = 0; at < 10; at += 1)
      cookie = markedCookie(key, cookie, `u${at % 6}@registrar.example`, now + at);
    expect(cookie.split('~')).toHaveLength(4);
    expect(cookie.split('~')[0]).toBe(markOf(key, 'u3@registrar.example', now + 9));
    expect(knownMark(key, cookie, 'u3@registrar.example', now + 10)).toBeDefined();
    expect(knownMark(key, cookie, 'u5@registrar.example', now + 10)).toBeUndefined();
    expect(cookie.length).toBeLessThan(250);
  });
});
