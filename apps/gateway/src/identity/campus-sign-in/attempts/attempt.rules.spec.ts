import { signInStartQuery } from '@registrar/contracts-gateway';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SealingKey } from '../../sessions/sealing-key.ts';
import { attemptIdOf, newAttempt } from './attempt.rules.ts';

it('two attempts have nothing in common that could be guessed', () => {
  const [one, other] = [newAttempt('campus', '/', 0), newAttempt('campus', '/', 0)];
  for (const part of ['state', 'nonce', 'verifier'] as const) expect(one[part]).not.toBe(other[part]);
  expect(attemptIdOf(one.state)).toMatch(/^[\w-]{8}$/);
  expect(one.expiresAt).toBe(600_000);
});

it.each(['', 'nonsense', '.', 'aaaaaaaa.', `aaaaaaaa.${'b'.repeat(33)}`, `a=b;c=d.${'b'.repeat(32)}`])(
  '%j is no state of ours',
  (text) => expect(attemptIdOf(text)).toBeUndefined(),
);

it('a path that may be asked for fits a header and a cookie, and leads to this site', () => {
  const paths = fc.string({ unit: 'grapheme', maxLength: 2_000 }).map((text) => `/${text}`);
  const key = new SealingKey('a secret of the tests that is long enough', 'test');
  fc.assert(
    fc.property(paths, (path) => {
      if (!signInStartQuery.safeParse({ returnTo: path }).success) return;
      const attempt = newAttempt('a'.repeat(40), path, Date.now(), { userId: 'usr_a', epoch: 1 });
      expect(attempt.returnTo).toMatch(/^\/(?:[\x21-\x7e]*)$/);
      expect(new URL(attempt.returnTo, 'https://registrar.example').host).toBe('registrar.example');
      expect(key.seal(JSON.stringify(attempt), 'name').length).toBeLessThan(3_900);
    }),
  );
});
