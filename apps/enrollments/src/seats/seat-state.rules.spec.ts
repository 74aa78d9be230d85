import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newerOf, publicSeatsOf, withCounts, withRules } from './seat-state.rules.ts';
import type { SeatState } from './seat-state.rules.ts';
import { now } from '../enrollment/testing/builders.ts';
import { emptyCourse } from './testing/seat-state.ts';

const countsAt = (sequence: number) => ({
  enrolledCount: sequence,
  waitlistedCount: 0,
  reserved: {},
  sequence,
});
const rulesAt = (courseVersion: number) => ({
  status: 'open' as const,
  capacity: courseVersion,
  reservations: [],
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
    const [first = 0, second = 0, third = 0] = steps.map((state) => publicSeatsOf(state, now).version);
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
  });

  it('take the newer part of what was read and of what was received meanwhile', () => {
    const received = { ...emptyCourse, ...countsAt(5) };
    const read = { ...emptyCourse, ...countsAt(4), ...rulesAt(3) };
    expect(newerOf(received, read)).toEqual({ ...emptyCourse, ...countsAt(5), ...rulesAt(3) });
    expect(newerOf(received, emptyCourse)).toBe(received);
  });

  it('never show fewer than no seats', () => {
    expect(publicSeatsOf({ ...emptyCourse, capacity: 1, enrolledCount: 3 }, now)).toMatchObject({
      seatsAvailable: 0,
    });
  });

  it('show what is reserved, for as long as it is, with a new version at the release', () => {
    const at = (ms: number) => new Date(Date.parse(now) + ms).toISOString();
    const reservations = [
      { name: 'Honors', seats: 20, match: { groups: ['honors'] }, releasesAt: at(1_000) },
      { name: 'Majors', seats: 5, match: { programs: ['CS'] }, releasesAt: null },
    ];
    const state = { ...emptyCourse, enrolledCount: 7, reserved: { Honors: 2 }, reservations };
    const before = publicSeatsOf(state, now);
    expect(before).toMatchObject({
      seatsAvailable: 23,
      generalAvailable: 0,
      reservations: [
        { name: 'Honors', seats: 20, available: 18 },
        { name: 'Majors', seats: 5, available: 5 },
      ],
    });
    const after = publicSeatsOf(state, at(1_000));
    expect(after).toMatchObject({
      generalAvailable: 18,
      reservations: [
        { name: 'Honors', available: 0 },
        { name: 'Majors', available: 5 },
      ],
    });
    expect(after.version).toBeGreaterThan(before.version);
    const gone = publicSeatsOf(withRules(state, rulesAt(2)), at(1_000));
    expect(gone.version).toBeGreaterThan(after.version);
  });
});
