import { describe, expect, it } from 'vitest';
import { clientSecretKey, hashOf, matchingSecret, secretOf } from './client-secret.rules.ts';

const key = clientSecretKey('s'.repeat(32));
const stored = (id: string, secret: string) => ({ id, hash: hashOf(secret), createdAt: '' });

describe('the secret of an API client', () => {
  it('has 256 bits in the form that scanners of leaked secrets know', () => {
    expect(secretOf('seed', key)).toMatch(/^rcs_[A-Za-z0-9_-]{43}$/);
  });

  it('follows from its seed and the secret of the services', () => {
    expect(secretOf('seed', key)).toBe(secretOf('seed', key));
    expect(secretOf('seed', key)).not.toBe(secretOf('other', key));
    expect(secretOf('seed', key)).not.toBe(secretOf('seed', clientSecretKey('t'.repeat(32))));
  });

  it('matches one of the live secrets, and nothing else does', () => {
    const [first, second, none] = ['a', 'b', 'c'].map((seed) => secretOf(seed, key)) as [
      string,
      string,
      string,
    ];
    const secrets = [stored('sec_1', first), stored('sec_2', second)];
    expect(matchingSecret(first, secrets)?.id).toBe('sec_1');
    expect(matchingSecret(second, secrets)?.id).toBe('sec_2');
    for (const wrong of [none, '', ' ', first.slice(1), `${first} `, hashOf(first)])
      expect(matchingSecret(wrong, secrets)).toBeUndefined();
    expect(matchingSecret(second, secrets.slice(0, 1))).toBeUndefined();
    for (const wrong of ['', first]) expect(matchingSecret(wrong, [])).toBeUndefined();
  });
});
