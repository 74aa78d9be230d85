import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './password.rules.ts';
import { PasswordHasher } from './password-hasher.ts';

describe('common passwords', () => {
  it.each([
    'administrator',
    'Password1234',
    'QWERTYUIOP12',
    'passwordpassword',
    'letmein2026!!',
    '123456789012',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    '098765432109',
  ])('are known, such as %s', (password) => expect(isCommonPassword(password)).toBe(true));

  it.each(['registrar-demo-2026', 'correct horse battery', 'Vr8#kq-2mz!Lp', 'mountain river stone'])(
    'are not those that somebody thought of, such as %s',
    (password) => expect(isCommonPassword(password)).toBe(false),
  );
});

describe('hashing passwords', () => {
  it('is Argon2id with 19 MiB, two passes and one lane', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.matches(hash, 'correct horse battery')).toBe(true);
    expect(await hasher.matches(hash, 'correct horse')).toBe(false);
    expect(await hasher.matches(undefined, 'nobody has this password')).toBe(false);
    await hasher.onApplicationShutdown();
  });

  it('takes as long for nobody as for somebody', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('correct horse battery');
    // The least of each: the threads have a low priority, and a busy machine holds single hashes up for seconds.
    const least = { nobody: Infinity, somebody: Infinity };
    await hasher.warm();
    for (let round = 0; round < 12; round += 1) {
      for (const [who, of] of [
        ['nobody', undefined],
        ['somebody', hash],
      ] as const) {
        const begin = performance.now();
        await hasher.matches(of, 'wrong');
        least[who] = Math.min(least[who], performance.now() - begin);
      }
    }
    expect(least.nobody / least.somebody).toBeGreaterThan(0.5);
    expect(least.nobody / least.somebody).toBeLessThan(2);
    await hasher.onApplicationShutdown();
  });

  it('leaves the event loop free, and refuses beyond its queue', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('correct horse battery');
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    const asked = Array.from({ length: 160 }, () => hasher.matches(hash, 'wrong'));
    const settled = Promise.allSettled(asked);
    await asked[0];
    await asked[1];
    clearInterval(counting);
    await hasher.onApplicationShutdown();
    const refused = (await settled).filter(
      (result) => result.status === 'rejected' && (result.reason as { code?: string }).code === 'overloaded',
    );
    expect(refused.length).toBeGreaterThanOrEqual(55);
    expect(turns).toBeGreaterThan(5);
  });
});
