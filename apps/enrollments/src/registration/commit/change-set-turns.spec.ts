import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { swap } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import type { CommandOutcome } from '../planning/commands.ts';
import { ownClasses } from '../testing/own-classes.ts';
import { dropping } from '../testing/changes.ts';
import type { ChangeSetCommit, LostTry } from './change-set-commit.ts';
import { CourseCommitter } from './course-committer.ts';
import type { GroupResult } from './course-queue.ts';
import type { GroupCommit } from './group-commit.ts';
import type { SetsTogether } from './sets-together.ts';
import type { GroupItems, ViewRepository } from './view.repository.ts';

const done: CommandOutcome = { answer: { status: 204, body: null }, replayed: false, earlier: false };
const lostTo = (contendedCourse: string): LostTry => ({ lost: ['condition'], contendedCourse });
const nothing: GroupItems = { course: undefined, students: [], records: new Map() };

const swapOf = (userId: string, dropCourseId: string, addCourseId: string): ChangeSet =>
  swap({ userId, dropCourseId, addCourseId, actor: { id: userId, role: 'student' }, request: undefined });

/** A committer whose groups and sets are committed as the test says. */
function setUp(attempt: (set: ChangeSet) => Promise<CommandOutcome | LostTry>) {
  const log: string[] = [];
  const groups: Pick<GroupCommit, 'commit' | 'prefetch'> = {
    commit: async (courseId, entries): Promise<GroupResult> => {
      log.push(`${courseId} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${courseId} ends`);
      for (const entry of entries) entry.resolve(done);
      return { again: [], size: 'keep' };
    },
    prefetch: () => Promise.resolve(nothing),
  };
  const sets: Pick<ChangeSetCommit, 'attempt'> = {
    attempt: (set) => {
      log.push(`${set.userId} tries`);
      return attempt(set);
    },
  };
  const together: Pick<SetsTogether, 'commit'> = {
    commit: async (waiting) => {
      log.push(`${waiting.map(({ set }) => set.userId).join(', ')} together`);
      await new Promise((resolve) => setImmediate(resolve));
      for (const { resolve } of waiting) resolve(done);
      return [];
    },
  };
  const parts = [groups as GroupCommit, sets as ChangeSetCommit, together as SetsTogether] as const;
  return { log, committer: new CourseCommitter(...parts, ownClasses as ViewRepository) };
}

describe('a change set over several courses', () => {
  it('holds no course: with 30 swaps into one course under way, all 30 other courses commit', async () => {
    const held = Promise.withResolvers<CommandOutcome>();
    const { committer } = setUp(() => held.promise);
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    let ended = 0;
    const swaps = ids.map((id) =>
      committer.submit(swapOf(`swaps ${id}`, id, 'hot')).then(() => (ended += 1)),
    );
    await Promise.all(ids.map((id) => committer.submit(dropping(id, `drops ${id}`))));
    expect(ended).toBe(0);
    held.resolve(done);
    await Promise.all(swaps);
    expect(ended).toBe(30);
  });

  it('takes its turn in the queue of the course to which it lost twice, and commits with nothing beside it', async () => {
    let tries = 0;
    const { committer, log } = setUp(async () => {
      tries += 1;
      if (tries <= 2) return lostTo('hot');
      await new Promise((resolve) => setImmediate(resolve));
      log.push('commits');
      return done;
    });
    const swapped = committer.submit(swapOf('swaps', 'cold', 'hot'));
    const busy = { stops: false };
    const traffic = (async () => {
      for (let index = 0; !busy.stops; index += 1) await committer.submit(dropping('hot', `u${index}`));
    })();
    expect(await swapped).toEqual(done);
    busy.stops = true;
    await traffic;
    const turn = log.lastIndexOf('swaps tries');
    expect(log[turn + 1]).toBe('commits');
    const before = log.slice(0, turn).filter((line) => line.startsWith('hot'));
    expect(before.at(-1)).toBe('hot ends');
  });
});

describe('change sets that only take places', () => {
  const bundleOf = (userId: string, lab: string): ChangeSet => {
    const add = ['lecture', lab].map((courseId) => ({ courseId, joinWaitlist: true }));
    return { ...swapOf(userId, 'x', 'y'), add, drop: [] };
  };

  it('share the turn in the queue of the course to which they lost', async () => {
    const { committer, log } = setUp(() => Promise.resolve(lostTo('lecture')));
    const users = ['a', 'b', 'c'];
    expect(await Promise.all(users.map((user) => committer.submit(bundleOf(user, `lab ${user}`))))).toEqual(
      users.map(() => done),
    );
    const together = log.filter((line) => line.endsWith('together'));
    expect(
      together
        .join(', ')
        .match(/[abc](?=,| )/g)
        ?.toSorted(),
    ).toEqual(users);
    expect(log.filter((line) => line.endsWith('tries'))).toEqual(['a tries']);
  });

  it('join at once those who wait for one of their courses', async () => {
    const first = Promise.withResolvers<CommandOutcome | LostTry>();
    const { committer, log } = setUp(() => first.promise);
    const lost = committer.submit(bundleOf('a', 'lab'));
    first.resolve(lostTo('lecture'));
    // Until it waits in turn; its tries are over then.
    await vi.waitUntil(() => log.length > 0, { interval: 0 });
    const others = committer.submit(bundleOf('b', 'other lab'));
    expect(await Promise.all([lost, others])).toEqual([done, done]);
    expect(log.filter((line) => line === 'a tries')).toHaveLength(1);
  });

  it('are tried by themselves where the store does not take them together', async () => {
    let isTogether = false;
    const { committer, log } = setUp(async () => (isTogether ? done : lostTo('lecture')));
    const refusing: Pick<SetsTogether, 'commit'> = {
      commit: (waiting) => {
        isTogether = true;
        for (const { resolve } of waiting) resolve({ lost: ['refused'], contendedCourse: undefined });
        return Promise.resolve([]);
      },
    };
    Object.assign(committer['turns']['options'], { commit: refusing.commit });
    expect(await committer.submit(bundleOf('a', 'lab'))).toEqual(done);
    expect(log.filter((line) => line === 'a tries')).toHaveLength(2);
  });
});

describe('a request whose time is over', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('is not begun: a set that waited for the same student for too long is refused with 503', async () => {
    const first = Promise.withResolvers<CommandOutcome>();
    const { committer, log } = setUp(() => first.promise);
    const slow = committer.submit(swapOf('a', 'x', 'y'));
    const late = committer.submit(swapOf('a', 'y', 'z'));
    const refusal = expect(late).rejects.toMatchObject({ status: 503, code: 'service_unavailable' });
    await vi.advanceTimersByTimeAsync(5_001);
    first.resolve(done);
    await slow;
    await refusal;
    expect(log).toEqual(['a tries']);
  });

  it('is not tried again after the deadline', async () => {
    const { committer, log } = setUp(async () => {
      vi.advanceTimersByTime(3_000);
      return lostTo('x');
    });
    const refusal = expect(committer.submit(swapOf('a', 'x', 'y'))).rejects.toMatchObject({ status: 503 });
    await vi.advanceTimersByTimeAsync(20);
    await vi.advanceTimersByTimeAsync(20);
    await refusal;
    expect(log).toEqual(['a tries', 'a tries']);
  });
});
