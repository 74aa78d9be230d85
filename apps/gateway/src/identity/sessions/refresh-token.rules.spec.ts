import { randomBytes } from 'node:crypto';
import { newId } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import {
  hashOf,
  isOfFamily,
  makeRefreshToken,
  openPair,
  parseRefreshToken,
  sealPair,
} from './refresh-token.rules.ts';

const sessionId = newId('ses');
const familyKey = randomBytes(32).toString('base64url');

describe('a refresh token', () => {
  const token = makeRefreshToken(sessionId, 7, familyKey);

  it('is read back as it was made, and known to its family alone', () => {
    expect(parseRefreshToken(token.text)).toEqual(token);
    expect(isOfFamily(token, familyKey)).toBe(true);
    expect(isOfFamily(token, randomBytes(32).toString('base64url'))).toBe(false);
  });

  it('is nobody’s with any part changed', () => {
    for (const changed of [
      { ...token, number: 8 },
      { ...token, secret: 'a'.repeat(32) },
      { ...token, sessionId: newId('ses') },
    ]) {
      expect(isOfFamily(changed, familyKey)).toBe(false);
    }
  });

  it.each(['', 'a.b.c.d', 'ses_x.1.a.b', 'a'.repeat(600), '../..'])('is not %j', (text) => {
    expect(parseRefreshToken(text)).toBeUndefined();
  });

  it('does not stand in its hash', () => {
    expect(hashOf(token)).toHaveLength(43);
    expect(token.text).not.toContain(hashOf(token));
  });
});

describe('a sealed pair', () => {
  const old = makeRefreshToken(sessionId, 1, familyKey);
  const box = sealPair(old, { accessToken: 'a', refreshToken: 'b' });

  it('opens with the token it was sealed for', () => {
    expect(openPair(old, box)).toEqual({ accessToken: 'a', refreshToken: 'b' });
  });

  it('opens with no other, and not when it was changed', () => {
    expect(() => openPair(makeRefreshToken(sessionId, 1, familyKey), box)).toThrow();
    const other = box.startsWith('A') ? 'B' : 'A';
    expect(() => openPair(old, `${other}${box.slice(1)}`)).toThrow();
  });
});
