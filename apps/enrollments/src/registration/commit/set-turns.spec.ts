import { afterEach, describe, expect, it, vi } from 'vitest';
import { steadyNow } from '@registrar/service';
import type { Addition, ChangeSet } from '../planning/change-set.ts';
import type { CommandOutcome } from '../planning/commands.ts';
import { SetTurns } from './set-turns.ts';
import { canShare, maxTogether } from './sets-together.ts';
import type { WaitingSet } from './sets-together.ts';

const done: CommandOutcome = { answer: { status: 200, body: null }, replayed: false, earlier: false };
const late = new Error('late');

function setOf(userId: string, add: readonly (Partial<Addition> & { courseId: string })[]): ChangeSet {
  return {
    kind: 'change',
    userId,
    actor: { id: userId, role: 'student' },
    mode: 'all',
    add: add.map((each) => ({ joinWaitlist: true, ...each })),
    drop: [],
    override: new Set(),
    answer: 'results',
    request: undefined,
  };
}

const bundleOf = (userId: string, lab = 'lab') => setOf(userId, [{ courseId: 'lecture' }, { courseId: lab }]);

/** Turns of which each begins when the test says; `room` is how many sets a commit takes. */
function setUp(room = maxTogether) {
  const commits: string[][] = [];
  const begins: (() => void)[] = [];
  const turns = new SetTurns({
    exclusive: async (_courseId, work) => {
      await new Promise<void>((resolve) => begins.push(resolve));
      await work();
    },
    commit: (sets) => {
      const [judged, left] = [sets.slice(0, room), sets.slice(room)];
      commits.push(judged.map(({ set }) => set.userId));
      for (const { resolve } of judged) resolve(done);
      return Promise.resolve(left);
    },
    classOf: (courseId) => courseId,
    late: () => late,
  });
  const join = (userId: string, more: Partial<WaitingSet> = {}) =>
    turns.join('lecture', { set: bundleOf(userId), trace: undefined, deadline: Infinity, ...more });
  const nextTurn = async () => {
    begins.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { turns, commits, begins, join, nextTurn };
}

describe('turns of change sets', () => {
  afterEach(() => void vi.useRealTimers());

  it('are shared by all who wait for a course, each answered by its own', async () => {
    const { commits, begins, join, nextTurn } = setUp();
    const all = Promise.all(['a', 'b', 'c'].map((user) => join(user)));
    expect(begins).toHaveLength(1);
    await nextTurn();
    expect(await all).toEqual([done, done, done]);
    expect(commits).toEqual([['a', 'b', 'c']]);
    expect(begins).toHaveLength(0);
  });

  it('take as many as a commit holds, in order, and the others have the next one', async () => {
    const { commits, join, nextTurn } = setUp(2);
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((user) => join(user)));
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
    await all;
    expect(commits).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('read no more sets than may fit', async () => {
    const { commits, join, nextTurn } = setUp();
    const users = Array.from({ length: maxTogether + 1 }, (_, at) => `u${at}`);
    const all = Promise.all(users.map((user) => join(user)));
    await nextTurn();
    await nextTurn();
    await all;
    expect(commits).toEqual([users.slice(0, maxTogether), users.slice(maxTogether)]);
  });

  it('are known while sets wait, to those that want one of their courses', async () => {
    const { turns, join, nextTurn } = setUp();
    expect(turns.courseOf(bundleOf('b', 'other'))).toBeUndefined();
    const waits = join('a');
    expect(turns.courseOf(bundleOf('b', 'other'))).toBe('lecture');
    expect(turns.courseOf(setOf('b', [{ courseId: 'other' }]))).toBeUndefined();
    await nextTurn();
    await waits;
    expect(turns.courseOf(bundleOf('b'))).toBeUndefined();
  });

  it('are known while a set is tried beside the queues too', async () => {
    const { turns } = setUp();
    const tries = [1, 2].map(() => Promise.withResolvers<CommandOutcome>());
    const all = tries.map(({ promise }) => turns.tryBeside(bundleOf('a'), () => promise));
    expect(turns.courseOf(bundleOf('b', 'other'))).toBe('lecture');
    tries[0]?.resolve(done);
    await all[0];
    expect(turns.courseOf(bundleOf('b', 'other'))).toBe('lecture');
    tries[1]?.reject(new Error('down'));
    await expect(all[1]).rejects.toThrow('down');
    expect(turns.courseOf(bundleOf('b', 'other'))).toBeUndefined();
  });

  it('begin nothing for whom it is too late', async () => {
    const { commits, join, nextTurn } = setUp();
    const refused = expect(join('a', { deadline: steadyNow() - 1 })).rejects.toBe(late);
    const taken = join('b');
    await nextTurn();
    await refused;
    expect(await taken).toEqual(done);
    expect(commits).toEqual([['b']]);
  });
});

describe('a change set', () => {
  it('shares a commit where it only takes places', () => {
    expect(canShare(bundleOf('a'))).toBe(true);
    expect(canShare({ ...bundleOf('a'), drop: [{ courseId: 'x', whenEnded: 'refused' }] })).toBe(false);
    expect(canShare(setOf('a', [{ courseId: 'x', dropOnPromotion: 'y' }]))).toBe(false);
  });
});
