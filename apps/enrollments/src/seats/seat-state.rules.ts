import { countsUnder } from '@registrar/contracts-enrollments';
import type { PublicSeats } from '@registrar/contracts-enrollments';
import { freeSeats, isReleased, sharesOf } from '../enrollment/seats.rules.ts';
import type { Reservation, Seats } from '../enrollment/enrollment.types.ts';

/** What the events of enrollments say of a course's seats. */
interface SeatCountsAt {
  enrolledCount: number;
  waitlistedCount: number;
  /** Reserved seats that are taken, by the name of their reservation. */
  reserved: Seats['reserved'];
  /** Of another code for the class: how many of them are under it. */
  codeCount?: number;
  /** Of the last event: the fence of the counts. */
  sequence: number;
}

/** What the courses service says of a course's seats. */
interface SeatRulesAt {
  status: Seats['status'];
  capacity: number;
  reservations: Reservation[];
  /** Of another code for the class: so many of its seats may be taken under it. */
  codeCapacity?: number;
  /** Of the course, with that of the class of a cross-listed one: the fence of these. */
  courseVersion: number;
}

/**
 * The seats of a course in memory. Counts and rules come by different events, in no order between the two, so
 * each part has a fence of its own.
 */
export interface SeatState extends SeatCountsAt, SeatRulesAt {
  courseId: string;
  /** The class whose seats these are, where the course is another code for it. */
  classId?: string;
}

/** `state` with the counts of an event, unless it already has a later one; the same object where nothing changes. */
export function withCounts(state: SeatState, counts: SeatCountsAt): SeatState {
  if (counts.sequence <= state.sequence) return state;
  const { enrolledCount, waitlistedCount, reserved, codeCount, sequence } = counts;
  const ofCode = codeCount === undefined ? {} : { codeCount };
  return { ...state, enrolledCount, waitlistedCount, reserved, ...ofCode, sequence };
}

/** `state` with the rules of a course event, unless it already has a later version; the same object where nothing changes. */
export function withRules(state: SeatState, rules: SeatRulesAt): SeatState {
  if (rules.courseVersion <= state.courseVersion) return state;
  const { status, capacity, reservations, codeCapacity, courseVersion } = rules;
  const ofCode = codeCapacity === undefined ? {} : { codeCapacity };
  return { ...state, status, capacity, reservations, ...ofCode, courseVersion };
}

/** The newer parts of two states of one course. */
export function newerOf(known: SeatState, read: SeatState): SeatState {
  return withRules(withCounts(known, read), read);
}

/** More than reservations can be: a change of the course raises the version by more than releases do. */
const versionsPerCourseVersion = 32;

/** The seats as anybody sees them. @param now RFC 3339 */
export function publicSeatsOf(state: SeatState, now: string): PublicSeats {
  const { courseId, waitlistedCount, sequence, courseVersion } = state;
  const { shared, ...counts } = countsOf(state);
  const { general, reservations: available } = sharesOf({ ...state, ...shared }, now);
  const released = state.reservations.filter((reservation) => isReleased(reservation, now)).length;
  return {
    courseId,
    ...counts,
    waitlistedCount,
    generalAvailable: general,
    reservations: state.reservations.map(({ name, seats, releasesAt }, at) => {
      return { name, seats, available: available[at] ?? 0, releasesAt };
    }),
    // No part ever falls but the last, when the course is changed; and every change raises one of them.
    version: sequence + versionsPerCourseVersion * courseVersion + released,
  };
}

/** The counts as anybody sees them, and those that free seats are shared out by. */
function countsOf(state: SeatState) {
  const { capacity, enrolledCount, codeCapacity, codeCount = 0 } = state;
  const seatsAvailable = freeSeats(state);
  if (codeCapacity === undefined) return { capacity, enrolledCount, seatsAvailable, shared: {} };
  const code = { capacity: codeCapacity, enrolledCount: codeCount };
  const tighter = freeSeats(code) <= seatsAvailable ? code : {};
  return { ...countsUnder(state, code), shared: { ...tighter, freeInClass: seatsAvailable } };
}
