import { describe, expect, it } from 'vitest';
import type { Command } from '../planning/commands.ts';
import type { GroupItems } from './view.repository.ts';
import { seatsOf } from '../../enrollment/testing/builders.ts';
import { dropping } from '../testing/changes.ts';
import { CourseQueue, maxGroup } from './course-queue.ts';
import type { Entry, GroupResult, Prefetched } from './course-queue.ts';

const drop = (userId: string): Command => dropping('c', userId);

const usersOf = (entries: readonly Entry[]) =>
  entries.map(({ command }) => ('userId' in command ? command.userId : ''));

/** A queue whose commits are settled by the test. */
function setUp(result: (group: Entry[]) => Partial<GroupResult> = () => ({})) {
  const groups: string[][] = [];
  /** Begins and ends of reading and committing, by the first student of the group. */
  const log: string[] = [];
  const prefetches: (Prefetched | undefined)[] = [];
  const found: GroupItems = { course: undefined, students: [], records: new Map() };
  let reads = (): Promise<GroupItems> => Promise.resolve(found);
  const commits = {
    inTurn: (work: () => Promise<void>) => work(),
    commit: async (entries: Entry[], prefetched: Prefetched | undefined) => {
      groups.push(usersOf(entries));
      prefetches.push(prefetched);
      log.push(`commit ${groups.at(-1)?.[0]}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`committed ${usersOf(entries)[0]}`);
      const outcome: GroupResult = { again: [], size: 'grow', ...result(entries) };
      for (const entry of entries)
        if (![...outcome.again, ...(outcome.later ?? []).map((each) => each.entry)].includes(entry))
          entry.resolve({ answer: { status: 204, body: null }, replayed: false, earlier: false });
      return outcome;
    },
    prefetch: (entries: readonly Entry[]) => {
      log.push(`read for ${usersOf(entries)[0]}, ${entries.length}`);
      return reads();
    },
  };
  const queue = new CourseQueue(commits, () => groups.push(['idle']));
  const push = (userId: string) =>
    new Promise((resolve, reject) =>
      queue.push({ command: drop(userId), trace: undefined, deadline: Infinity, resolve, reject }),
    );
  const failReads = () => (reads = () => Promise.reject(new Error('the store is away')));
  return { queue, groups, log, prefetches, found, failReads, push };
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

  it('lets the others go on while one is away that returns after a pause', async () => {
    let tries = 0;
    const { groups, push } = setUp((group) =>
      tries++ === 0 ? { later: [{ entry: group[0] as Entry, afterMs: 20 }] } : {},
    );
    await Promise.all(['a', 'b', 'c'].map(push));
    expect(groups.slice(0, 2)).toEqual([['a', 'b', 'c'], ['a']]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(groups.at(-1)).toEqual(['idle']);
    expect(groups.flat().filter((each) => each === 'idle')).toHaveLength(1);
  });

  it('takes at most as many as the last result allows, and grows again from there', async () => {
    let tries = 0;
    const { groups, push } = setUp((group) =>
      tries++ === 0 ? { again: group, size: { atMost: 2 } } : { size: 'grow' },
    );
    await Promise.all(users(9).map(push));
    expect(groups.map(({ length }) => length).slice(0, 4)).toEqual([9, 2, 4, 3]);
  });

  it('reads for a whole group that waits while the one before is committed, and for no other', async () => {
    const left = seatsOf('c', { version: 7 });
    const { log, prefetches, found, push } = setUp(() => ({ seats: left }));
    await Promise.all(users(2 * maxGroup + 1).map(push));
    const [first, second, third] = ['u0', `u${maxGroup}`, `u${2 * maxGroup}`];
    expect(log).toEqual([
      `read for ${second}, ${maxGroup}`,
      `commit ${first}`,
      `committed ${first}`,
      `commit ${second}`,
      `committed ${second}`,
      `commit ${third}`,
      `committed ${third}`,
    ]);
    expect(prefetches).toEqual([undefined, { found: Promise.resolve(found), seats: left }, undefined]);
    await expect(prefetches[1]?.found).resolves.toBe(found);
  });

  it('does not use what was read prefetched where the seats are not known, and keeps the order of the students', async () => {
    const { groups, prefetches, push } = setUp();
    await Promise.all(users(2 * maxGroup).map(push));
    expect(groups.slice(0, 2).flat()).toEqual(users(2 * maxGroup));
    expect(prefetches).toEqual([undefined, undefined]);
  });

  it('lets those go first that are to be tried again, and reads nothing prefetched until a commit stands whole', async () => {
    let tries = 0;
    const { groups, log, push } = setUp((group) => ({
      seats: seatsOf('c'),
      again: tries++ === 0 ? group.slice(-1) : [],
    }));
    await Promise.all(users(4 * maxGroup).map(push));
    const order = users(4 * maxGroup);
    expect(
      groups
        .slice(0, -1)
        .flat()
        .slice(0, maxGroup * 2),
    ).toEqual([...order.slice(0, maxGroup), ...order.slice(maxGroup - 1, 2 * maxGroup - 1)]);
    expect(log.filter((line) => line.startsWith('read'))).toEqual([
      `read for u${maxGroup}, ${maxGroup}`,
      `read for u${3 * maxGroup - 1}, ${maxGroup}`,
    ]);
  });

  it('reads again for students that the commit before changed without their asking', async () => {
    const { prefetches, push } = setUp(() => ({ seats: seatsOf('c'), others: [`u${maxGroup + 3}`] }));
    await Promise.all(users(2 * maxGroup).map(push));
    expect(prefetches).toEqual([undefined, undefined]);
  });

  it('reads nothing prefetched after a commit that failed as a whole', async () => {
    const { log, push } = setUp(() => ({ size: 'keep' }));
    await Promise.all(users(4 * maxGroup).map(push));
    expect(log.filter((line) => line.startsWith('read'))).toHaveLength(1);
  });

  it('leaves a failed reading to the commit that is to use it', async () => {
    const { prefetches, failReads, push } = setUp(() => ({ seats: seatsOf('c') }));
    failReads();
    await Promise.all(users(2 * maxGroup).map(push));
    await expect(prefetches[1]?.found).rejects.toThrow('the store is away');
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
