import type { CourseSeats, SeatCounts } from '@registrar/contracts-enrollments';
import type { Seats } from './enrollment.types.ts';

/** What a course that is new here says of its seats. */
type CourseLimits = Pick<
  Seats,
  'courseId' | 'semesterId' | 'status' | 'capacity' | 'waitlistCapacity' | 'courseVersion'
> &
  Partial<Pick<Seats, 'enrollmentClosesAt'>>;

/** The seats of an empty course. */
export function newSeats(course: CourseLimits): Seats {
  return {
    enrollmentClosesAt: null,
    ...course,
    enrolledCount: 0,
    completedCount: 0,
    waitlistedCount: 0,
    nextTicket: 1,
    sequence: 0,
    version: 1,
    promotion: null,
    cancellation: null,
    refused: null,
  };
}

/** How many seats a newcomer may take: none while a free seat is owed to the waitlist. */
export function seatsForNewcomers(seats: Seats): number {
  return seats.promotion && seats.waitlistedCount > 0 ? 0 : freeSeats(seats);
}

/** Free seats; never negative, also where a registrar enrolled beyond capacity. */
export function freeSeats({ capacity, enrolledCount }: Pick<Seats, 'capacity' | 'enrolledCount'>): number {
  return Math.max(0, capacity - enrolledCount);
}

/**
 * The seats with their waitlist to be judged again from its head, as far as there are free ones. A new version in any
 * case: what was decided on the rules of before is decided again.
 */
export function judgedFromTheHead(seats: Seats): Seats {
  const promotion = freeSeats(seats) > 0 ? { after: 0, kept: 0 } : seats.promotion;
  return { ...seats, promotion, version: seats.version + 1 };
}

/** The counts as events and answers show them. */
export function countsOf(seats: Seats): SeatCounts {
  const { capacity, enrolledCount, waitlistedCount } = seats;
  return { capacity, enrolledCount, waitlistedCount, seatsAvailable: freeSeats(seats) };
}

/** The seats as other services read them. */
export function courseSeatsOf(seats: Seats): CourseSeats {
  const { courseId, sequence, courseVersion: version } = seats;
  return { courseId, ...countsOf(seats), sequence, version };
}

/** Whether a student whom no rule stops takes a seat; else a place on the waitlist. */
export function takesSeat(seats: Seats, joinWaitlist: boolean): boolean {
  return !joinWaitlist || seatsForNewcomers(seats) > 0;
}
