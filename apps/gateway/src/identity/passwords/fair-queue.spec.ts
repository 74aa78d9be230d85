import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.ts';

function queueOf(most: number, ...entries: string[]): FairQueue<string> {
  const queue = new FairQueue<string>(most);
  for (const entry of entries) queue.push(entry.charAt(0), entry);
  return queue;
}

function drained(queue: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) taken.push(next);
  return taken;
}

describe('a queue that groups share', () => {
  it('serves them in turns, and each in its own order', () => {
    expect(drained(queueOf(10, 'a1', 'a2', 'a3', 'b1', 'c1', 'b2'))).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'b2',
      'a3',
    ]);
  });

  it('lets a newcomer wait for one entry of another group, however many that has', () => {
    const queue = queueOf(100, ...Array.from({ length: 90 }, (_, at) => `a${at}`));
    queue.shift();
    queue.push('b', 'b1');
    expect([queue.shift(), queue.shift()]).toEqual(['a1', 'b1']);
  });

  it('when full displaces the newest of the largest group for a smaller one', () => {
    const queue = queueOf(4, 'a1', 'a2', 'a3', 'b1');
    expect(queue.push('c', 'c1')).toBe('a3');
    expect(queue.length).toBe(4);
    expect(drained(queue)).toEqual(['a1', 'b1', 'c1', 'a2']);
  });

  it('when full refuses the largest group, and everybody where all have the same share', () => {
    const greedy = queueOf(3, 'a1', 'a2', 'a3');
    expect([greedy.refuses('a'), greedy.push('a', 'a4')]).toEqual([true, 'a4']);
    const even = queueOf(3, 'a1', 'b1', 'c1');
    expect([even.refuses('d'), even.push('d', 'd1')]).toEqual([true, 'd1']);
    expect(even.length).toBe(3);
    expect(queueOf(3, 'a1', 'b1').refuses('a')).toBe(false);
  });

  it('serves the members of a group in turns, and the groups however many members each has', () => {
    const queue = new FairQueue<string>(10);
    for (const entry of ['x1', 'x2', 'x3', 'y1', 'z1']) queue.push('a', entry, entry.charAt(0));
    queue.push('b', 'b1');
    expect(drained(queue)).toEqual(['x1', 'b1', 'y1', 'z1', 'x2', 'x3']);
  });

  it('when full displaces an entry of a group of many members for another group', () => {
    const queue = new FairQueue<string>(4);
    for (const member of ['w', 'x', 'y', 'z']) queue.push('a', `${member}1`, member);
    expect([queue.refuses('a', 'v'), queue.refuses('b', 'v')]).toEqual([true, false]);
    expect(queue.push('b', 'v1', 'v')).toBe('w1');
    expect(queue.length).toBe(4);
    expect(drained(queue)).toEqual(['x1', 'v1', 'y1', 'z1']);
  });

  it('when full displaces within a group the newest of the largest member for a smaller one', () => {
    const queue = new FairQueue<string>(4);
    for (const entry of ['x1', 'x2', 'x3', 'y1']) queue.push('a', entry, entry.charAt(0));
    expect([queue.refuses('a', 'x'), queue.refuses('a', 'z')]).toEqual([true, false]);
    expect(queue.push('a', 'z1', 'z')).toBe('x3');
    expect(drained(queue)).toEqual(['x1', 'y1', 'z1', 'x2']);
  });

  it('keeps nothing of groups that are gone', () => {
    const queue = new FairQueue<string>(10);
    for (let round = 0; round < 1_000; round += 1) {
      queue.push(`group ${round}`, 'x');
      queue.shift();
    }
    expect(
      Object.values(queue)
        .filter((part) => part instanceof Map)
        .map(({ size }) => size),
    ).toEqual([0]);
    expect(queue.shift()).toBeUndefined();
  });
});
