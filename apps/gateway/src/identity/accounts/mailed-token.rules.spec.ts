import { describe, expect, it } from 'vitest';
import { isMailedToken, mailedIdOf, mailedToken, mailedTokenKey } from './mailed-token.rules.ts';

const secret = 'a secret of the tests that is long enough';
const key = mailedTokenKey(secret, 'tests');
const proof = { id: `cnf_${'a'.repeat(20)}`, owner: 'ann@registrar.example', nonce: 'nonce' };
const token = mailedToken(proof, key);

describe('the token of a mailed link', () => {
  it('names its proof and is taken for it', () => {
    expect(mailedIdOf('cnf', token)).toBe(proof.id);
    expect(isMailedToken(proof, token, key)).toBe(true);
    expect(token).not.toContain('ann');
  });

  it('is taken for no other owner, nonce, id or purpose', () => {
    for (const other of [
      { ...proof, owner: 'ben@registrar.example' },
      { ...proof, nonce: 'other' },
      { ...proof, id: `cnf_${'b'.repeat(20)}` },
    ])
      expect(isMailedToken(other, token, key)).toBe(false);
    expect(isMailedToken(proof, token, mailedTokenKey(secret, 'another purpose'))).toBe(false);
    expect(isMailedToken(proof, `${token}x`, key)).toBe(false);
  });

  it.each(['', 'nonsense', `${token}x`, token.replace('cnf_', 'rst_'), ` ${token}`])('is not %j', (text) =>
    expect(mailedIdOf('cnf', text)).toBeUndefined(),
  );
});
