import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher.ts';
import type { HashingTurn } from './password-hasher.ts';

/** More threads than the tests' machines have for hashing: what runs already does not count as a turn. */
const threads = 16;

let hasher: PasswordHasher;
let hash: string;
let compared: string[];
let refused: string[];

beforeEach(async () => {
  hasher = new PasswordHasher();
  hash = await hasher.hash('correct horse battery');
  compared = [];
  refused = [];
});
afterEach(() => hasher.onApplicationShutdown());

/** Has a password compared; notes of which group it was, in the order of the ends. */
function compare(queue: HashingTurn['queue'], group: string, account?: string): Promise<void> {
  return hasher.matches(hash, 'wrong', { queue, group, account }).then(
    () => void compared.push(group),
    (error: unknown) => {
      if ((error as { code?: string }).code === 'overloaded') refused.push(group);
    },
  );
}

describe('sharing the hasher', () => {
  it('serves somebody else within a few turns beside 1,000 tasks of one address', async () => {
    for (let task = 0; task < 1_000; task += 1) void compare('stranger', '10.0.0.1');
    await compare('stranger', '10.0.0.2');
    expect(compared.at(-1)).toBe('10.0.0.2');
    expect(compared.length).toBeLessThanOrEqual(threads + 2);
    // The newcomer took the place of the flood's newest task.
    expect(refused.length).toBeGreaterThanOrEqual(1_000 - 100 - threads);
    expect(new Set(refused)).toEqual(new Set(['10.0.0.1']));
  });

  it('serves a known device within a few turns beside strangers from everywhere', async () => {
    for (let task = 0; task < 1_000; task += 1) void compare('stranger', `10.0.${task >> 8}.${task & 255}`);
    await compare('known', 'ann@registrar.example');
    expect(compared.at(-1)).toBe('ann@registrar.example');
    expect(compared.length).toBeLessThanOrEqual(threads + 2);
  });

  it('serves a known device within a few turns beside 1,000 accounts that are known at one address', async () => {
    for (let task = 0; task < 1_000; task += 1) void compare('known', '10.0.0.1', `throwaway ${task}`);
    await hasher.within({ queue: 'known', group: '10.0.0.2', account: 'ann' }, () =>
      compare('known', '10.0.0.2', 'ann'),
    );
    expect(compared.at(-1)).toBe('10.0.0.2');
    expect(compared.length).toBeLessThanOrEqual(threads + 2);
    expect(new Set(refused)).toEqual(new Set(['10.0.0.1']));
  });

  it('lets a group have 100 pieces of work under way, and refuses more before any work is done', async () => {
    const turn = { queue: 'stranger', group: '10.0.0.1' } as const;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const works = Array.from({ length: 150 }, () => hasher.within(turn, () => held));
    const settled = Promise.allSettled(works);
    await hasher.within({ ...turn, group: '10.0.0.2' }, () => Promise.resolve());
    release();
    const rejected = (await settled).filter(({ status }) => status === 'rejected');
    expect(rejected).toHaveLength(50);
    await hasher.within(turn, () => Promise.resolve());
  });
});
