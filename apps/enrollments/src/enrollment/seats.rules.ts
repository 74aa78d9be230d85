import type { CourseSeats, OwnSeats, SeatCounts } from '@registrar/contracts-enrollments';
import { isMatched } from '@registrar/eligibility';
import type { MatchedStudent } from '@registrar/eligibility';
import type { Reservation, Seats } from './enrollment.types.ts';

/** What a course that is new here says of its seats. */
type CourseLimits = Pick<
  Seats,
  'courseId' | 'semesterId' | 'status' | 'capacity' | 'waitlistCapacity' | 'courseVersion'
> &
  Partial<Pick<Seats, 'enrollmentClosesAt' | 'reservations'>>;

/** The seats of an empty course. */
export function newSeats(course: CourseLimits): Seats {
  return {
    enrollmentClosesAt: null,
    reservations: [],
    ...course,
    enrolledCount: 0,
    completedCount: 0,
    waitlistedCount: 0,
    reserved: {},
    releasedUntil: null,
    codes: {},
    linkedFrom: [],
    nextTicket: 1,
    sequence: 0,
    version: 1,
    promotion: null,
    cancellation: null,
    refused: null,
  };
}

/** Whether free seats are owed to the waitlist: newcomers get none then. */
export function isOwedToWaitlist({
  promotion,
  waitlistedCount,
}: Pick<Seats, 'promotion' | 'waitlistedCount'>) {
  return promotion !== null && waitlistedCount > 0;
}

/** Free seats; never negative, also where a registrar enrolled beyond capacity. */
export function freeSeats({ capacity, enrolledCount }: Pick<Seats, 'capacity' | 'enrolledCount'>): number {
  return Math.max(0, capacity - enrolledCount);
}

/** Whether the time of a reservation has passed: its seats are general. @param now RFC 3339 */
export function isReleased({ releasesAt }: Pick<Reservation, 'releasesAt'>, now: string): boolean {
  return releasesAt !== null && releasesAt <= now;
}

/** What free seats are for whom. */
interface SeatShares {
  /** Free seats of each reservation, in their order; 0 for a released one. */
  reservations: number[];
  /** Free seats that are not reserved. */
  general: number;
}

/** What is needed to share free seats out. */
type Shared = Pick<Seats, 'capacity' | 'enrolledCount' | 'freeInClass' | 'reservations' | 'reserved'>;

/**
 * Shares the free seats out: in list order each unreleased reservation has what it has left, as far as seats are free.
 * Under a code each share is at most what is left under it: reservations are the class's.
 */
export function sharesOf(seats: Shared, now: string): SeatShares {
  const free = freeSeats(seats);
  let general = seats.freeInClass ?? free;
  const reservations = seats.reservations.map((reservation) => {
    if (isReleased(reservation, now)) return 0;
    const left = Math.max(0, reservation.seats - (seats.reserved[reservation.name] ?? 0));
    const available = Math.min(left, general);
    general -= available;
    return Math.min(available, free);
  });
  return { reservations, general: Math.min(general, free) };
}

/** A seat for one student, of a reservation or a general one. */
interface SeatFor {
  reservation: string | null;
}

/** The seat that a student would take: of the first reservation that matches and has one left, else a general one. */
export function seatFor(seats: Shared, student: MatchedStudent, now: string): SeatFor | undefined {
  if (seats.reservations.length === 0) return freeSeats(seats) > 0 ? { reservation: null } : undefined;
  const { reservations, general } = sharesOf(seats, now);
  const own = seats.reservations.find(
    ({ match }, at) => (reservations[at] ?? 0) > 0 && isMatched(match, student),
  );
  if (own) return { reservation: own.name };
  return general > 0 ? { reservation: null } : undefined;
}

/** How many seats are free for a student. */
export function seatsFor(seats: Shared, student: MatchedStudent, now: string): number {
  const { reservations, general } = sharesOf(seats, now);
  const ofAll = seats.reservations.reduce(
    (sum, { match }, at) => sum + (isMatched(match, student) ? (reservations[at] ?? 0) : 0),
    general,
  );
  return Math.min(ofAll, freeSeats(seats));
}

/**
 * The seats that a student could take now, and the reservation of the first: none where free seats are owed to the
 * waitlist.
 *
 * @param now RFC 3339
 */
export function ownSeatsOf(seats: Seats, student: MatchedStudent, now: string): OwnSeats {
  if (isOwedToWaitlist(withReleases(seats, now))) return { available: 0, reservation: null };
  const seat = seatFor(seats, student, now);
  return { available: seatsFor(seats, student, now), reservation: seat?.reservation ?? null };
}

/** Reserved seats that are taken, with one more or less of a reservation. */
export function reservedAfter(
  reserved: Seats['reserved'],
  reservation: string | null,
  change: 1 | -1,
): Seats['reserved'] {
  if (reservation === null) return reserved;
  const { [reservation]: taken = 0, ...others } = reserved;
  const now = taken + change;
  return now > 0 ? { ...others, [reservation]: now } : others;
}

/** When reserved seats become general next; undefined where none do. */
export function nextReleaseOf(
  { reservations }: Pick<Seats, 'reservations'>,
  now: string,
): string | undefined {
  return reservations
    .flatMap(({ releasesAt }) => (releasesAt !== null && releasesAt > now ? [releasesAt] : []))
    .sort()[0];
}

/** The seats with what has been released since the last commit owed to the waitlist; the same where nothing has. */
export function withReleases(seats: Seats, now: string): Seats {
  const { reservations, releasedUntil } = seats;
  const isNew = (at: string | null) => at !== null && at <= now && at > (releasedUntil ?? '');
  if (!reservations.some(({ releasesAt }) => isNew(releasesAt))) return seats;
  const waits = seats.waitlistedCount > 0 && freeSeats(seats) > 0;
  return { ...seats, releasedUntil: now, ...(waits && { promotion: { after: 0, kept: 0 } }) };
}

/**
 * The seats with their waitlist to be judged again from its head, as far as there are free ones. A new version in any
 * case: what was decided on the rules of before is decided again.
 */
export function judgedFromTheHead(seats: Seats): Seats {
  const promotion = freeSeats(seats) > 0 ? { after: 0, kept: 0 } : seats.promotion;
  return { ...seats, promotion, version: seats.version + 1 };
}

/** The counts of a class as events show them. */
export function countsOf(seats: Seats): SeatCounts {
  const { capacity, enrolledCount, waitlistedCount, reserved } = seats;
  const codes = Object.entries(seats.codes).map(([id, code]) => {
    return [id, { capacity: code.capacity, enrolledCount: code.enrolledCount }] as const;
  });
  return {
    capacity,
    enrolledCount,
    waitlistedCount,
    seatsAvailable: freeSeats(seats),
    ...(Object.keys(reserved).length > 0 && { reserved }),
    ...(codes.length > 0 && { codes: Object.fromEntries(codes) }),
  };
}

/** The seats as other services read them. */
export function courseSeatsOf(seats: Seats): CourseSeats {
  const { courseId, capacity, enrolledCount, waitlistedCount, sequence, courseVersion: version } = seats;
  const counts = { capacity, enrolledCount, waitlistedCount, seatsAvailable: freeSeats(seats) };
  return { courseId, ...counts, sequence, version };
}
