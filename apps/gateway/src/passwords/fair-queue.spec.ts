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
