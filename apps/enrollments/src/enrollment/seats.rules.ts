import type { RefusalCode, SeatCounts } from '@registrar/contracts-enrollments';
import type { Offering, Refusal, Seats } from './enrollment.types.ts';

/** How many seats a newcomer may take: none while a free seat is owed to the waitlist. */
export function seatsForNewcomers(seats: Seats): number {
  return seats.promotion && seats.waitlistedCount > 0 ? 0 : freeSeats(seats);
}

/** Seats that nobody has; never negative, also where a registrar enrolled beyond capacity. */
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

/** How an eligible request ends: with a seat, with a place on the waitlist, or refused. */
export type Placement =
  | { kind: 'seat'; overridden: RefusalCode[] }
  | { kind: 'waitlist'; overridden: RefusalCode[] }
  | { kind: 'refused'; refusal: Refusal };

/** What is asked of the seats. */
export interface PlaceRequest {
  joinWaitlist: boolean;
  override: ReadonlySet<RefusalCode>;
}

/** Places an eligible student: a free seat, else the waitlist where asked, else a refusal. */
export function place(seats: Seats, offering: Offering, { joinWaitlist, override }: PlaceRequest): Placement {
  if (seatsForNewcomers(seats) > 0) return { kind: 'seat', overridden: [] };
  if (override.has('seat_unavailable')) return { kind: 'seat', overridden: ['seat_unavailable'] };
  if (!joinWaitlist) {
    const next =
      seats.waitlistCapacity > seats.waitlistedCount ? 'Join the waitlist' : 'Choose another section';
    const detail = `All ${seats.capacity} seats of ${offering.code} are taken. ${next}, or watch for a seat to come free.`;
    return { kind: 'refused', refusal: { code: 'seat_unavailable', detail } };
  }
  if (seats.waitlistedCount < seats.waitlistCapacity) return { kind: 'waitlist', overridden: [] };
  if (override.has('waitlist_full')) return { kind: 'waitlist', overridden: ['waitlist_full'] };
  const detail = `${offering.code} is full and so is its waitlist (${seats.waitlistCapacity} places). Choose another section.`;
  return { kind: 'refused', refusal: { code: 'waitlist_full', detail } };
}
