import { describe, expect, it } from 'vitest';
import { hashOf, matchingSecret, newSecret } from './client-secret.rules.ts';

const stored = (id: string, secret: string) => ({ id, hash: hashOf(secret), createdAt: '' });

describe('the secret of an API client', () => {
  it('has 256 bits in the form that scanners of leaked secrets know, and is never the same', () => {
    const secrets = [newSecret(), newSecret()];
    for (const secret of secrets) expect(secret).toMatch(/^rcs_[A-Za-z0-9_-]{43}$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it('matches one of the live secrets, and nothing else does', () => {
    const [first, second, none] = [newSecret(), newSecret(), newSecret()];
    const secrets = [stored('sec_1', first), stored('sec_2', second)];
    expect(matchingSecret(first, secrets)?.id).toBe('sec_1');
    expect(matchingSecret(second, secrets)?.id).toBe('sec_2');
    for (const wrong of [none, '', ' ', first.slice(1), `${first} `, hashOf(first)])
      expect(matchingSecret(wrong, secrets)).toBeUndefined();
    expect(matchingSecret(second, secrets.slice(0, 1))).toBeUndefined();
    for (const wrong of ['', first]) expect(matchingSecret(wrong, [])).toBeUndefined();
  });
});
