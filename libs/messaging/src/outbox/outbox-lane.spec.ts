import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from './outbox-entry.ts';
import { OutboxLane } from './outbox-lane.ts';

function entry(sequence: number, through = sequence): OutboxEntry {
  return { topic: 't', key: 'k', sequence, through, events: [], createdAt: 0 };
}

const ready = (lane: OutboxLane) => lane.ready().map(({ sequence }) => sequence);

describe('a lane', () => {
  it('lets the first entries of an aggregate go, in order of their sequence', () => {
    const lane = new OutboxLane();
    for (const each of [entry(4), entry(1, 3), entry(5)]) lane.add(each);
    expect(ready(lane)).toEqual([1, 4, 5]);
    expect(lane.firstUnclear()).toBeUndefined();
  });

  it('holds what follows a gap until it is known what lies in it', () => {
    const lane = new OutboxLane();
    for (const each of [entry(1), entry(5), entry(6)]) lane.add(each);
    expect(ready(lane)).toEqual([1]);
    expect(lane.firstUnclear()).toBe(5);
    lane.add(entry(3, 4));
    expect(lane.firstUnclear()).toBe(3);
    lane.clear(5);
    expect(ready(lane)).toEqual([1, 3, 5, 6]);
  });

  it('takes an entry in once', () => {
    const lane = new OutboxLane();
    expect([lane.add(entry(2)), lane.add(entry(2)), lane.add(entry(1))]).toEqual([true, false, true]);
    expect(ready(lane)).toEqual([1, 2]);
  });

  it('goes on from what was published', () => {
    const lane = new OutboxLane();
    const [first, second, third] = [entry(1, 2), entry(3), entry(4)];
    for (const each of [first, second, third]) lane.add(each);
    lane.published([first, second]);
    expect(ready(lane)).toEqual([4]);
    lane.published([third]);
    expect(lane.isEmpty).toBe(true);
    lane.add(entry(5));
    expect(ready(lane)).toEqual([5]);
  });

  it('keeps what was not published itself, though its number is lower', () => {
    const lane = new OutboxLane();
    const sent = entry(5);
    lane.add(sent);
    lane.clear(5);
    lane.add(entry(3));
    lane.published([sent]);
    expect(ready(lane)).toEqual([3]);
  });
});
