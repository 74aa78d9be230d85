import { courseParams } from '../../enrollment/course-params.ts';
import { freeSeats, isOwedToWaitlist } from '../../enrollment/seats.rules.ts';
import type { Rule } from './rule.ts';

/** Seats are free, but all of them are reserved for others, and the student does not want to wait. */
export const seatReserved: Rule = {
  code: 'seat_reserved',
  reads: ({ seats }) =>
    seats.reservations.some(({ match }) => match.minCredits !== undefined) ? ['completions'] : [],
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ seats, offering, place, now, campus }) {
    const available = freeSeats(seats);
    if (place.hasSeat || place.joinWaitlist || available === 0 || isOwedToWaitlist(seats)) return undefined;
    const canWait = seats.waitlistCapacity > seats.waitlistedCount;
    const releases = seats.reservations.flatMap(({ releasesAt }) =>
      releasesAt !== null && releasesAt > now ? [releasesAt] : [],
    );
    const [first] = releases.sort();
    const until = first === undefined ? '' : ` until ${campus.time(first)}`;
    const next = canWait ? 'Join the waitlist, or choose another section.' : 'Choose another section.';
    const detail = `The free seats of ${offering.code} are reserved for other students${until}. ${next}`;
    return { code: 'seat_reserved', detail, params: { course: courseParams(offering), available, canWait } };
  },
};
