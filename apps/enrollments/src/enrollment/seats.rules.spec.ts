import { describe, expect, it } from 'vitest';
import { countsOf, isOwedToWaitlist, judgedFromTheHead } from './seats.rules.ts';
import { seatsOf } from './testing/builders.ts';

const full = seatsOf('algebra', { enrolledCount: 2 });

describe('seats', () => {
  it('gives no seat to a newcomer that is owed to the waitlist', () => {
    const owed = seatsOf('algebra', {
      enrolledCount: 1,
      waitlistedCount: 1,
      promotion: { after: 0, kept: 0 },
    });
    expect(isOwedToWaitlist(owed)).toBe(true);
    expect(isOwedToWaitlist({ ...owed, promotion: null })).toBe(false);
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
