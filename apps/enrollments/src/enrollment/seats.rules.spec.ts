import { describe, expect, it } from 'vitest';
import { countsOf, judgedFromTheHead, place, seatsForNewcomers } from './seats.rules.ts';
import { offeringOf, seatsOf } from './testing/builders.ts';

const offering = offeringOf('algebra');
const ask = (joinWaitlist: boolean, ...override: ('seat_unavailable' | 'waitlist_full')[]) => ({
  joinWaitlist,
  override: new Set(override),
});
const full = seatsOf('algebra', { enrolledCount: 2 });
const fullWaitlist = { ...full, waitlistedCount: 2 };

describe('place', () => {
  it.each([
    ['a free seat', seatsOf('algebra', { enrolledCount: 1 }), ask(false), 'seat'],
    ['a full course', full, ask(false), 'seat_unavailable'],
    ['a full course with the waitlist', full, ask(true), 'waitlist'],
    ['a full waitlist', fullWaitlist, ask(true), 'waitlist_full'],
    ['a full waitlist that was not asked for', fullWaitlist, ask(false), 'seat_unavailable'],
    ['a full course set aside', full, ask(false, 'seat_unavailable'), 'seat'],
    ['a full waitlist set aside', fullWaitlist, ask(true, 'waitlist_full'), 'waitlist'],
    ['no seats at all', seatsOf('algebra', { capacity: 0, waitlistCapacity: 0 }), ask(true), 'waitlist_full'],
  ] as const)('gives what there is for %s', (_, seats, asked, expected) => {
    const placement = place(seats, offering, asked);
    expect(placement.kind === 'refused' ? placement.refusal.code : placement.kind).toBe(expected);
  });

  it('gives no seat to a newcomer that is owed to the waitlist', () => {
    const owed = seatsOf('algebra', {
      enrolledCount: 1,
      waitlistedCount: 1,
      promotion: { after: 0, kept: 0 },
    });
    expect(seatsForNewcomers(owed)).toBe(0);
    expect(place(owed, offering, ask(true)).kind).toBe('waitlist');
    expect(seatsForNewcomers({ ...owed, promotion: null })).toBe(1);
  });

  it('are owed to the waitlist from its head where it is judged again, and have a new version also where none is free', () => {
    const promotion = { after: 4, kept: 2 };
    const free = seatsOf('algebra', { enrolledCount: 1, waitlistedCount: 3, promotion });
    expect(judgedFromTheHead(free)).toEqual({ ...free, promotion: { after: 0, kept: 0 }, version: 2 });
    expect(judgedFromTheHead(full)).toEqual({ ...full, version: 2 });
  });

  it('never counts seats below zero', () => {
    expect(countsOf(seatsOf('algebra', { enrolledCount: 5 }))).toEqual({
      capacity: 2,
      enrolledCount: 5,
      waitlistedCount: 0,
      seatsAvailable: 0,
    });
  });
});
