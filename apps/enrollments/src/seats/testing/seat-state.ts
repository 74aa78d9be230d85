import type { SeatState } from '../seat-state.rules.ts';

/** An empty open course of 30 seats. */
export const emptyCourse: SeatState = {
  courseId: 'crs_a',
  status: 'open',
  capacity: 30,
  enrolledCount: 0,
  waitlistedCount: 0,
  reserved: {},
  reservations: [],
  sequence: 0,
  courseVersion: 1,
};
