import { describe, expect, it } from 'vitest';
import { Eligibility } from './student-record/eligibility.ts';
import { countsOf, isOwedToWaitlist, judgedFromTheHead, ownSeatsOf } from './seats.rules.ts';
import { campus, now, recordOf, seatsOf } from './testing/builders.ts';

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

describe('the seats that a student could take', () => {
  const student = new Eligibility(recordOf('usr_a', { groups: ['honors'] }), campus.grades);
  const honors = { name: 'Honors', seats: 2, match: { groups: ['honors'] }, releasesAt: null };

  it('are none where free seats are owed to the waitlist', () => {
    const waiting = seatsOf('algebra', { waitlistedCount: 1, promotion: { after: 0, kept: 0 } });
    expect(ownSeatsOf(waiting, student, now)).toEqual({ available: 0, reservation: null });
    expect(ownSeatsOf({ ...waiting, promotion: null }, student, now).available).toBe(2);
  });

  it('are owed to the waitlist from the moment of a release', () => {
    const reservations = [{ ...honors, releasesAt: now }];
    const released = seatsOf('algebra', { reservations, waitlistedCount: 1 });
    expect(ownSeatsOf(released, student, now)).toEqual({ available: 0, reservation: null });
    const before = new Date(Date.parse(now) - 1).toISOString();
    expect(ownSeatsOf(released, student, before)).toEqual({ available: 2, reservation: 'Honors' });
  });
});
