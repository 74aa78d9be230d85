import { describe, expect, it } from 'vitest';
import { courseSeatsUnder, isOfSameCourses, seatsUnder } from './class-codes.rules.ts';
import { freeSeats, seatFor, seatsFor, sharesOf } from './seats.rules.ts';
import { seatsItem, seatsOf as seatsOfItem } from './store/seats.codec.ts';
import { Eligibility } from './student-record/eligibility.ts';
import type { CodeSeats, Seats } from './enrollment.types.ts';
import { campus, now, recordOf, seatsOf } from './testing/builders.ts';

function codeSeats(change: Partial<CodeSeats> = {}): CodeSeats {
  return {
    capacity: 4,
    enrollmentClosesAt: null,
    enrolledCount: 0,
    completedCount: 0,
    waitlistedCount: 0,
    version: 3,
    isCancelled: false,
    cancellation: null,
    refused: null,
    ...change,
  };
}

/** A class of ten seats with the code `phil`. */
const withCode = (change: Partial<CodeSeats> = {}, ofClass: Partial<Seats> = {}) =>
  seatsOf('logic', { capacity: 10, sequence: 9, ...ofClass, codes: { phil: codeSeats(change) } });

describe('the seats of a class under another code', () => {
  it.each([
    ['what is left under it', { enrolledCount: 3 }, { enrolledCount: 5 }, 1, 4],
    ['what is left of the class', { enrolledCount: 1 }, { enrolledCount: 9 }, 1, 10],
    ['none beyond its capacity', { enrolledCount: 5 }, { enrolledCount: 6 }, 0, 4],
    ['none of a full class', {}, { enrolledCount: 10 }, 0, 10],
  ])('are %s', (_, code, ofClass, free, capacity) => {
    const seats = seatsUnder(withCode(code, ofClass), 'phil');
    expect([freeSeats(seats), seats.capacity]).toEqual([free, capacity]);
  });

  it('are the class’s for the class itself', () => {
    const seats = withCode();
    expect(seatsUnder(seats, 'logic')).toBe(seats);
  });

  it('are none where the code is cancelled, while the class goes on', () => {
    expect(seatsUnder(withCode({ isCancelled: true }), 'phil').status).toBe('cancelled');
    expect(seatsUnder(withCode({ isCancelled: true }), 'logic').status).toBe('open');
  });

  it('are shared out as those of the class are, as far as they go', () => {
    const reservations = [{ name: 'Honors', seats: 8, match: { groups: ['honors'] }, releasesAt: null }];
    const seats = seatsUnder(withCode({ enrolledCount: 2 }, { reservations }), 'phil');
    expect(sharesOf(seats, now)).toEqual({ reservations: [2], general: 2 });
    const student = (groups: string[]) => new Eligibility(recordOf('usr_a', { groups }), campus.grades);
    expect([seatFor(seats, student([]), now), seatsFor(seats, student([]), now)]).toEqual([
      { reservation: null },
      2,
    ]);
    expect(seatFor(seats, student(['honors']), now)).toEqual({ reservation: 'Honors' });
    expect(seatsFor(seats, student(['honors']), now)).toBe(2);
    const full = seatsUnder(withCode({ enrolledCount: 4 }, { reservations }), 'phil');
    expect(seatFor(full, student(['honors']), now)).toBeUndefined();
  });

  it('are answered for by the id that is asked for, with the sequence of the class', () => {
    const seats = withCode({ enrolledCount: 3 }, { enrolledCount: 5, waitlistedCount: 2 });
    expect(courseSeatsUnder(seats, 'phil')).toEqual({
      courseId: 'phil',
      classId: 'logic',
      capacity: 4,
      enrolledCount: 3,
      waitlistedCount: 2,
      seatsAvailable: 1,
      sequence: 9,
      version: 3,
    });
    expect(courseSeatsUnder(seats, 'logic')).toMatchObject({ courseId: 'logic', enrolledCount: 5 });
    expect(courseSeatsUnder(withCode({ capacity: 10 }, { enrolledCount: 5 }), 'phil')).toMatchObject({
      enrolledCount: 5,
      seatsAvailable: 5,
    });
  });
});

describe('the item of a class', () => {
  it('has codes only where there are any, and is read without', () => {
    const plain = seatsOf('logic');
    expect(seatsItem(plain, undefined)).not.toHaveProperty('codes');
    expect(seatsOfItem(seatsItem(plain, undefined))).toEqual(plain);
    expect(seatsOfItem(seatsItem(withCode(), undefined))).toEqual(withCode());
  });

  it('is of other courses where one of them has changed, or is new', () => {
    expect(isOfSameCourses(withCode(), withCode({ enrolledCount: 2 }))).toBe(true);
    expect(isOfSameCourses(withCode(), withCode({ version: 4 }))).toBe(false);
    expect(isOfSameCourses(withCode(), seatsOf('logic'))).toBe(false);
  });
});
