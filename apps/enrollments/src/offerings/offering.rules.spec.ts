import { describe, expect, it } from 'vitest';
import { meeting, offeringOf, seatsOf } from '../enrollment/testing/builders.ts';
import { plainUpdate } from '../enrollment/testing/plain-update.ts';
import {
  isOtherwiseJudged,
  isBelowEnrolled,
  refusalOf,
  seatsAfterUpdate,
  seatsOfNew,
} from './offering.rules.ts';

describe('the seats of a course', () => {
  it('begin empty, with the first ticket and no event', () => {
    expect(seatsOfNew('algebra', plainUpdate({ version: 3 }))).toMatchObject({
      enrolledCount: 0,
      nextTicket: 1,
      sequence: 0,
      courseVersion: 3,
    });
  });

  it.each([
    ['more capacity', { capacity: 5 }, { after: 0, kept: 0 }],
    ['no more capacity', { capacity: 2 }, null],
    ['closing, with room', { capacity: 5, status: 'closed' as const }, { after: 0, kept: 0 }],
    ['cancelling', { capacity: 5, status: 'cancelled' as const }, null],
  ])('owe seats to the waitlist after %s as far as there are', (_, change, promotion) => {
    const seats = seatsOf('algebra', { enrolledCount: 2, waitlistedCount: 1 });
    expect(seatsAfterUpdate(seats, plainUpdate({ version: 2, ...change })).promotion).toEqual(promotion);
  });

  it.each([
    [{ enrolledCount: 1 }, { actorId: 'usr_registrar' }],
    [{ waitlistedCount: 1 }, { actorId: 'usr_registrar' }],
    [{ enrolledCount: 1, completedCount: 1 }, null],
    [{}, null],
  ])('with %j owe a cancellation %j', (counts, cancellation) => {
    expect(
      seatsAfterUpdate(seatsOf('algebra', counts), plainUpdate({ status: 'cancelled', version: 2 }))
        .cancellation,
    ).toEqual(cancellation);
  });

  it.each([
    [3, 3, 2, true],
    [2, 2, 2, false],
    [4, 2, 2, false],
    [2, 3, 2, false],
    [4, 2, 3, true],
    [4, 2, 4, false],
  ])(
    'with %i enrolled and %i seats refuse a capacity of %i: %s',
    (enrolledCount, capacity, update, refused) => {
      expect(
        isBelowEnrolled(seatsOf('algebra', { enrolledCount, capacity }), plainUpdate({ capacity: update })),
      ).toBe(refused);
    },
  );
});

describe('a change that was refused', () => {
  const refused = { version: 5, enrolledCount: 2 };
  const seats = seatsOf('algebra', { enrolledCount: 1, capacity: 3, courseVersion: 4, refused });

  it.each([
    ['a copy of it', { version: 5, capacity: 2 }, refused],
    ['the next one that fits', { version: 6, capacity: 2 }, null],
    ['the next one that does not fit', { version: 6, capacity: 0 }, { version: 6, enrolledCount: 1 }],
  ])('has %s judged as %j says', (_, update, expected) => {
    expect(refusalOf(seats, plainUpdate(update))).toEqual(expected);
  });

  it('is forgotten with the change that follows it, and no sooner', () => {
    expect(seatsAfterUpdate(seats, plainUpdate({ version: 6 })).refused).toBeNull();
    expect(seatsAfterUpdate(seats, plainUpdate({ version: 5 })).refused).toBeNull();
    const late = { ...refused, version: 7 };
    expect(seatsAfterUpdate({ ...seats, refused: late }, plainUpdate({ version: 6 })).refused).toEqual(late);
  });
});

describe('isOtherwiseJudged', () => {
  it('asks for a new judgement only where a known course meets at other times', () => {
    const before = offeringOf('algebra', { meetings: [meeting('mon')] });
    expect(isOtherwiseJudged(undefined, before)).toBe(false);
    expect(isOtherwiseJudged(before, { ...before, title: 'Other' })).toBe(false);
    expect(isOtherwiseJudged(before, { ...before, meetings: [meeting('tue')] })).toBe(true);
    const reordered = { room: 'A1', end: '10:30', start: '09:00', day: 'mon' };
    expect(isOtherwiseJudged(before, { ...before, meetings: [reordered] })).toBe(false);
  });
});
