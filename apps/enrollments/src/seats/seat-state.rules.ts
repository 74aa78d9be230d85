import type { PublicSeats } from '@registrar/contracts-enrollments';
import { freeSeats, isReleased, sharesOf } from '../enrollment/seats.rules.ts';
import type { Reservation, Seats } from '../enrollment/enrollment.types.ts';

/** What the events of enrollments say of a course's seats. */
interface SeatCountsAt {
  enrolledCount: number;
  waitlistedCount: number;
  /** Reserved seats that are taken, by the name of their reservation. */
  reserved: Seats['reserved'];
  /** Of the last event: the fence of the counts. */
  sequence: number;
}

/** What the courses service says of a course's seats. */
interface SeatRulesAt {
  status: Seats['status'];
  capacity: number;
  reservations: Reservation[];
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
  const { enrolledCount, waitlistedCount, reserved, sequence } = counts;
  return { ...state, enrolledCount, waitlistedCount, reserved, sequence };
}

/** `state` with the rules of a course event, unless it already has a later version; the same object where nothing changes. */
export function withRules(state: SeatState, rules: SeatRulesAt): SeatState {
  if (rules.courseVersion <= state.courseVersion) return state;
  const { status, capacity, reservations, courseVersion } = rules;
  return { ...state, status, capacity, reservations, courseVersion };
}

/** The newer parts of two states of one course. */
export function newerOf(known: SeatState, read: SeatState): SeatState {
  return withRules(withCounts(known, read), read);
}

/** More than reservations can be: a change of the course raises the version by more than releases do. */
const versionsPerCourseVersion = 32;

/** The seats as anybody sees them. @param now RFC 3339 */
export function publicSeatsOf(state: SeatState, now: string): PublicSeats {
  const { courseId, capacity, enrolledCount, waitlistedCount, sequence, courseVersion } = state;
  const { general, reservations: available } = sharesOf(state, now);
  const released = state.reservations.filter((reservation) => isReleased(reservation, now)).length;
  return {
    courseId,
    capacity,
    enrolledCount,
    waitlistedCount,
    seatsAvailable: freeSeats(state),
    generalAvailable: general,
    reservations: state.reservations.map(({ name, seats, releasesAt }, at) => {
      return { name, seats, available: available[at] ?? 0, releasesAt };
    }),
    // No part ever falls but the last, when the course is changed; and every change raises one of them.
    version: sequence + versionsPerCourseVersion * courseVersion + released,
  };
}
