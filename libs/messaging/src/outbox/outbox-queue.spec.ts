import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from './outbox-entry.ts';
import { OutboxQueue } from './outbox-queue.ts';

function entry(sequence: number, through = sequence): OutboxEntry {
  return { topic: 't', key: 'k', sequence, through, events: [], createdAt: 0 };
}

const ready = (queue: OutboxQueue) => queue.ready().map(({ sequence }) => sequence);

describe('a queue', () => {
  it('lets the first entries of an aggregate go, in order of their sequence', () => {
    const queue = new OutboxQueue();
    for (const each of [entry(4), entry(1, 3), entry(5)]) queue.insertEntry(each);
    expect(ready(queue)).toEqual([1, 4, 5]);
    expect(queue.firstUnclear()).toBeUndefined();
  });

  it('holds what follows a gap until it is known what lies in it', () => {
    const queue = new OutboxQueue();
    for (const each of [entry(1), entry(5), entry(6)]) queue.insertEntry(each);
    expect(ready(queue)).toEqual([1]);
    expect(queue.firstUnclear()).toBe(5);
    queue.insertEntry(entry(3, 4));
    expect(queue.firstUnclear()).toBe(3);
    queue.clear(5);
    expect(ready(queue)).toEqual([1, 3, 5, 6]);
  });

  it('takes an entry in once', () => {
    const queue = new OutboxQueue();
    expect([queue.insertEntry(entry(2)), queue.insertEntry(entry(2)), queue.insertEntry(entry(1))]).toEqual([
      true,
      false,
      true,
    ]);
    expect(ready(queue)).toEqual([1, 2]);
  });

  it('goes on from what was published', () => {
    const queue = new OutboxQueue();
    const [first, second, third] = [entry(1, 2), entry(3), entry(4)];
    for (const each of [first, second, third]) queue.insertEntry(each);
    queue.published([first, second]);
    expect(ready(queue)).toEqual([4]);
    queue.published([third]);
    expect(queue.isEmpty).toBe(true);
    queue.insertEntry(entry(5));
    expect(ready(queue)).toEqual([5]);
  });

  it('keeps what was not published itself, though its number is lower', () => {
    const queue = new OutboxQueue();
    const sent = entry(5);
    queue.insertEntry(sent);
    queue.clear(5);
    queue.insertEntry(entry(3));
    queue.published([sent]);
    expect(ready(queue)).toEqual([3]);
  });
});
