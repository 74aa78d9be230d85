import { describe, expect, it } from 'vitest';
import type { Command } from '../draft/commands.ts';
import { CourseQueue, maxGroup } from './course-queue.ts';
import type { Entry, GroupResult } from './course-queue.ts';
import { StudentTurns } from './student-turns.ts';

const drop = (userId: string): Command => ({
  kind: 'drop',
  courseId: 'c',
  userId,
  actor: { id: userId, role: 'student' },
});

/** A queue whose commits are settled by the test. */
function setUp(result: (group: Entry[]) => Partial<GroupResult> = () => ({})) {
  const groups: string[][] = [];
  const queue = new CourseQueue(
    async (entries) => {
      groups.push(entries.map(({ command }) => ('userId' in command ? command.userId : '')));
      await new Promise((resolve) => setImmediate(resolve));
      const outcome = { again: [], size: 'grow' as const, ...result(entries) };
      for (const entry of entries)
        if (!outcome.again.includes(entry as never))
          entry.resolve({ answer: { status: 204, body: null }, replayed: false, earlier: false });
      return outcome;
    },
    () => groups.push(['idle']),
  );
  const push = (userId: string) =>
    new Promise((resolve, reject) =>
      queue.push({ command: drop(userId), trace: undefined, deadline: Infinity, resolve, reject }),
    );
  return { queue, groups, push };
}

const users = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

describe('CourseQueue', () => {
  it('commits what arrives together in one group, and what waits meanwhile in the next', async () => {
    const { groups, push } = setUp();
    const first = Promise.all(users(3).map(push));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, push('late')]);
    expect(groups.slice(0, 2)).toEqual([['u0', 'u1', 'u2'], ['late']]);
  });

  it('never takes more than a transaction holds, nor a student twice', async () => {
    const { groups, push } = setUp();
    await Promise.all([...users(maxGroup + 5), 'u0'].map(push));
    expect(groups.map(({ length }) => length).slice(0, 2)).toEqual([maxGroup, 6]);
    const other = setUp();
    await Promise.all(['a', 'b', 'a', 'c'].map(other.push));
    expect(other.groups.slice(0, 2)).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('tries again first what was given back, in its order', async () => {
    let tries = 0;
    const { groups, push } = setUp((group) => (tries++ === 0 ? { again: group.slice(1) } : {}));
    await Promise.all(['a', 'b', 'c'].map(push));
    expect(groups.slice(0, 2)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('halves the group when students were changed elsewhere, and doubles it again', async () => {
    let tries = 0;
    const { groups, push } = setUp(() => ({ size: tries++ < 2 ? 'shrink' : 'grow' }));
    await Promise.all(users(80).map(push));
    expect(groups.map(({ length }) => length).slice(0, 5)).toEqual([32, 16, 8, 16, 8]);
  });

  it('gives exclusive work the course alone, in its turn', async () => {
    const { queue, groups, push } = setUp();
    const order: string[] = [];
    const works = [
      push('a').then(() => order.push('a')),
      queue.exclusive(async () => {
        order.push('swap begins');
        await new Promise((resolve) => setImmediate(resolve));
        order.push('swap ends');
      }),
      push('b').then(() => order.push('b')),
    ];
    await Promise.all(works);
    expect(order).toEqual(['a', 'swap begins', 'swap ends', 'b']);
    expect(groups.slice(0, 2)).toEqual([['a'], ['b']]);
  });

  it('goes on after exclusive work that fails', async () => {
    const { queue, push } = setUp();
    await expect(queue.exclusive(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await push('a');
  });
});

describe('StudentTurns', () => {
  it('runs the works of one student one after the other, also after a failure, and those of two at once', async () => {
    const turns = new StudentTurns();
    const log: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    await Promise.allSettled([
      turns.run('a', work('a1', true)),
      turns.run('a', work('a2')),
      turns.run('b', work('b1')),
    ]);
    expect(log.filter((line) => line.startsWith('a'))).toEqual([
      'a1 begins',
      'a1 ends',
      'a2 begins',
      'a2 ends',
    ]);
    expect(log.indexOf('b1 begins')).toBeLessThan(log.indexOf('a1 ends'));
  });
});
