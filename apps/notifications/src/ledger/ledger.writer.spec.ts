import { syncBuiltinESMExports } from 'node:module';
import type { TimerOptions } from 'node:timers';
import timers from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeRefused, TransactionCancelled } from '@registrar/dynamodb';
import { entry } from '../testing/entries.ts';
import { LedgerBacklog } from './ledger-backlog.ts';
import type { LedgerRepository } from './ledger.repository.ts';
import { LedgerWriter } from './ledger.writer.ts';
import { BackpressureThrottle } from './backpressure-throttle.rules.ts';

/** The rests that were begun: how long, and how they end. */
const rests: { ms: number; end: () => void }[] = [];

/** A writer whose commits are all held up so much that it would rest for a minute. */
function setUp(refusal: Error = new ChangeRefused(undefined), settings = {}) {
  vi.spyOn(BackpressureThrottle.prototype, 'pauseAfter').mockReturnValue(60_000);
  const commits: string[][] = [];
  const repository: Pick<LedgerRepository, 'now' | 'stateOf' | 'commit'> = {
    now: Date.now,
    stateOf: () => Promise.resolve({ inboxes: new Map(), preferences: new Map(), erased: new Set() }),
    commit: ({ rows }) => {
      const ids = rows.map(({ id }) => id);
      if (ids.includes('bad')) return Promise.reject(refusal);
      commits.push(ids);
      return Promise.resolve();
    },
  };
  const writer = new LedgerWriter(repository as LedgerRepository, new LedgerBacklog(), [], {
    MAIL_MAX_AGE_HOURS: 1 / 3_600,
    ...settings,
  });
  const write = (id: string, inbox = true) => writer.write(entry({ id, recipientId: `usr_${id}`, inbox }));
  const resting = (count: number) => vi.waitFor(() => expect(rests).toHaveLength(count));
  const writeAt = (id: string, eventAtMs: number) => writer.write(entry({ id, eventAtMs }));
  return { writer, commits, write, writeAt, resting };
}

/** Counts a rest, which ends when a test says so. */
function rest(ms?: number, _?: unknown, { signal }: TimerOptions = {}): Promise<never> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  rests.push({ ms: ms ?? 0, end: resolve });
  signal?.addEventListener('abort', () => reject(signal.reason as Error));
  return promise as Promise<never>;
}

beforeAll(() => {
  vi.spyOn(timers, 'setTimeout').mockImplementation(rest);
  syncBuiltinESMExports(); // for those who import the function by its name
});
beforeEach(() => {
  rests.length = 0;
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

describe('a ledger whose commits are held up by others', () => {
  it('leaves the store to them before the next commit, but no row waits longer than a second', async () => {
    const { commits, write, resting } = setUp();
    await write('first');
    const next = [write('a'), write('b')];
    await resting(1);
    expect(commits).toEqual([['first']]);
    expect(rests[0]?.ms).toBeGreaterThan(0);
    expect(rests[0]?.ms).toBeLessThanOrEqual(1_000);
    rests[0]?.end();
    await Promise.all(next);
    expect(commits).toEqual([['first'], ['a', 'b']]);
  });

  it('ends a rest for a mail that somebody waits for', async () => {
    const { commits, write, resting } = setUp();
    await write('first');
    const row = write('row');
    await resting(1);
    await Promise.all([row, write('reset', false)]);
    expect(commits).toEqual([['first'], ['row', 'reset']]);
  });

  it('does not rest any more when the process is about to end', async () => {
    const { writer, commits, write, resting } = setUp();
    await write('first');
    const row = write('row');
    await resting(1);
    writer.onModuleDestroy();
    await row;
    await write('last');
    expect(commits).toEqual([['first'], ['row'], ['last']]);
    expect(rests).toHaveLength(1);
  });
});

describe('a row that the store does not take', () => {
  it.each([
    ['as a whole', new ChangeRefused(undefined)],
    ['for its own action', new TransactionCancelled([{ code: 'ValidationError' }])],
  ])('is rejected alone where the commit is refused %s, and the others are written', async (_, refusal) => {
    const { commits, write } = setUp(refusal);
    const written = await Promise.allSettled(['a', 'b', 'bad', 'c', 'd'].map((id) => write(id)));
    expect(written.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(written[2]).toMatchObject({ reason: { status: 409, code: 'change_refused' } });
    expect(commits).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('a ledger that keeps rows for a time', () => {
  it('does not write again in a replay what was kept long enough', async () => {
    const { commits, writeAt } = setUp(undefined, { RETENTION_NOTIFICATIONS_DAYS: 30 });
    const day = 86_400_000;
    await writeAt('old', Date.now() - 31 * day);
    await writeAt('recent', Date.now() - 29 * day);
    expect(commits).toEqual([['recent']]);
  });
});
