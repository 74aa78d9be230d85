import { expect, it } from 'vitest';
import type { AccountRepository } from '../accounts/account.repository.ts';
import type { Account } from '../accounts/user.ts';
import { accountOf } from '../../testing/users.ts';
import { ProfileCache } from './profile-cache.ts';

const identity = { id: 'usr_a', tokenVersion: 1 } as Parameters<ProfileCache['fresh']>[0];

/** A cache over an account that a test changes; `hold` makes the next read wait. */
function cacheOver(first: Account) {
  const store = { account: first, reads: 0, hold: Promise.resolve() };
  const byId = async () => {
    const { account, hold } = store;
    store.reads += 1;
    await hold;
    return account;
  };
  const cache = new ProfileCache({ byId } as unknown as AccountRepository);
  const nameIn = (body: { bytes: Buffer } | undefined) =>
    body && (JSON.parse(body.bytes.toString()) as { name: string }).name;
  return {
    store,
    cache,
    shown: () => nameIn(cache.fresh(identity)),
    load: async () => nameIn(await cache.load(identity)),
  };
}

const before = accountOf({ name: 'Ada Moss', version: 4 });
const after = accountOf({ name: 'Ada North', version: 5 });

it('a profile is read once, and again when it was changed', async () => {
  const { store, cache, shown, load } = cacheOver(before);
  await load();
  expect([shown(), store.reads]).toEqual(['Ada Moss', 1]);
  store.account = after;
  cache.forgetBefore('usr_a', 5);
  expect(shown()).toBeUndefined();
  expect([await load(), shown()]).toEqual(['Ada North', 'Ada North']);
});

it('an event that comes late, or of another user, changes nothing', async () => {
  const { cache, shown, load } = cacheOver(after);
  await load();
  cache.forgetBefore('usr_a', 5);
  cache.forgetBefore('usr_a', 2);
  cache.forgetBefore('usr_b', 9);
  expect(shown()).toBe('Ada North');
});

it('a read that began before a change is not kept, and nobody who asks after it joins that read', async () => {
  const { store, cache, shown, load } = cacheOver(before);
  const held = Promise.withResolvers<void>();
  store.hold = held.promise;
  const early = load();
  store.account = after;
  store.hold = Promise.resolve();
  cache.forgetBefore('usr_a', 5);
  const late = load();
  expect(await late).toBe('Ada North');
  held.resolve();
  expect(await early).toBe('Ada Moss');
  expect(shown()).toBe('Ada North');
});
