import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newerOf, publicSeatsOf, withCounts, withRules } from './seat-state.rules.ts';
import type { SeatState } from './seat-state.rules.ts';
import { emptyCourse } from './testing/seat-state.ts';

const countsAt = (sequence: number) => ({ enrolledCount: sequence, waitlistedCount: 0, sequence });
const rulesAt = (courseVersion: number) => ({
  status: 'open' as const,
  capacity: courseVersion,
  courseVersion,
});

describe('the seats of a course in memory', () => {
  it('are those of the latest events, in whatever order and however often they come', () => {
    const change = fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((at) => (state: SeatState) => withCounts(state, countsAt(at))),
      fc.integer({ min: 2, max: 9 }).map((at) => (state: SeatState) => withRules(state, rulesAt(at))),
    );
    const sequences = fc.tuple(fc.array(change), fc.array(fc.nat()));
    fc.assert(
      fc.property(sequences, ([changes, order]) => {
        const end = (list: typeof changes) => list.reduce((state, apply) => apply(state), emptyCourse);
        const shuffled = changes
          .map((apply, at) => ({ apply, key: order[at % Math.max(1, order.length)] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ apply }) => apply);
        expect(end(shuffled)).toEqual(end(changes));
        expect(end([...changes, ...shuffled])).toEqual(end(changes));
      }),
    );
  });

  it('have a version that grows with every change', () => {
    const steps = [
      emptyCourse,
      withCounts(emptyCourse, countsAt(1)),
      withRules(withCounts(emptyCourse, countsAt(1)), rulesAt(2)),
    ];
    expect(steps.map((state) => publicSeatsOf(state).version)).toEqual([1, 2, 3]);
  });

  it('take the newer part of what was read and of what was received meanwhile', () => {
    const received = { ...emptyCourse, ...countsAt(5) };
    const read = { ...emptyCourse, ...countsAt(4), ...rulesAt(3) };
    expect(newerOf(received, read)).toEqual({ ...emptyCourse, ...countsAt(5), ...rulesAt(3) });
    expect(newerOf(received, emptyCourse)).toBe(received);
  });

  it('never show fewer than no seats', () => {
    expect(publicSeatsOf({ ...emptyCourse, capacity: 1, enrolledCount: 3 })).toMatchObject({
      seatsAvailable: 0,
    });
  });
});
