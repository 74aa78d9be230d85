import { describe, expect, it } from 'vitest';
import { seatsOf } from '../../enrollment/testing/builders.ts';
import { breaksSeats } from './seat-breach.rules.ts';

const withCount = (enrolledCount: number, capacity = 2) => seatsOf('algebra', { enrolledCount, capacity });

describe('a commit that gave more seats than there are', () => {
  it('is told from one that filled the course', () => {
    expect(breaksSeats({ before: withCount(1), classSeats: withCount(2), events: [] })).toBe(false);
    expect(breaksSeats({ before: withCount(2), classSeats: withCount(3), events: [] })).toBe(true);
  });

  it('is told from a lowered capacity', () => {
    expect(breaksSeats({ before: withCount(3), classSeats: withCount(3), events: [] })).toBe(false);
  });
});
