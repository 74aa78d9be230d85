import type { PublicSeats } from '@registrar/contracts-enrollments';
import { freeSeats } from '../enrollment/seats.rules.ts';
import type { Seats } from '../enrollment/enrollment.types.ts';

/** What the events of enrollments say of a course's seats. */
interface SeatCountsAt {
  enrolledCount: number;
  waitlistedCount: number;
  /** Of the last event: the fence of the counts. */
  sequence: number;
}

/** What the courses service says of a course's seats. */
interface SeatRulesAt {
  status: Seats['status'];
  capacity: number;
  /** Of the course: the fence of these. */
  courseVersion: number;
}

/**
 * The seats of a course in memory. Counts and rules come by different events, in no order between the two, so
 * each part has a fence of its own.
 */
export interface SeatState extends SeatCountsAt, SeatRulesAt {
  courseId: string;
}

/** `state` with the counts of an event, unless it already has a later one; the same object where nothing changes. */
export function withCounts(state: SeatState, counts: SeatCountsAt): SeatState {
  if (counts.sequence <= state.sequence) return state;
  const { enrolledCount, waitlistedCount, sequence } = counts;
  return { ...state, enrolledCount, waitlistedCount, sequence };
}

/** `state` with the rules of a course event, unless it already has a later version; the same object where nothing changes. */
export function withRules(state: SeatState, rules: SeatRulesAt): SeatState {
  if (rules.courseVersion <= state.courseVersion) return state;
  const { status, capacity, courseVersion } = rules;
  return { ...state, status, capacity, courseVersion };
}

/** The newer parts of two states of one course. */
export function newerOf(known: SeatState, read: SeatState): SeatState {
  return withRules(withCounts(known, read), read);
}

/** The seats as anybody sees them. */
export function publicSeatsOf(state: SeatState): PublicSeats {
  const { courseId, capacity, enrolledCount, waitlistedCount, sequence, courseVersion } = state;
  return {
    courseId,
    capacity,
    enrolledCount,
    waitlistedCount,
    seatsAvailable: freeSeats(state),
    // Neither part ever falls, and every change raises one of them.
    version: sequence + courseVersion,
  };
}
