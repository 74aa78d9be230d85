import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accessToken, userOf } from './access-token.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { kid: 'k1', ...pair };

describe('access tokens that are made without signing in', () => {
  it('name their user to a service that has the public key', () => {
    const token = accessToken(key, 'usr_1');
    expect(userOf(`Bearer ${token}`, pair.publicKey)).toBe('usr_1');
  });

  it('are no good when changed, or under another key', () => {
    const token = accessToken(key, 'usr_1');
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(userOf(`Bearer ${token}`, other.publicKey)).toBeUndefined();
    expect(userOf(`Bearer x${token}`, pair.publicKey)).toBeUndefined();
    expect(userOf(undefined, pair.publicKey)).toBeUndefined();
    expect(userOf('Bearer nonsense', pair.publicKey)).toBeUndefined();
  });
});
