import { courseParams } from '../../enrollment/course-params.ts';
import { freeSeats, isOwedToWaitlist } from '../../enrollment/seats.rules.ts';
import type { Rule } from './rule.ts';

/** No seat is free, and the student does not want to wait. */
export const seatUnavailable: Rule = {
  code: 'seat_unavailable',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ seats, offering, place }) {
    if (place.hasSeat || place.joinWaitlist || (freeSeats(seats) > 0 && !isOwedToWaitlist(seats)))
      return undefined;
    const canWait = seats.waitlistCapacity > seats.waitlistedCount;
    const next = canWait ? 'Join the waitlist' : 'Choose another section';
    const detail = `All ${seats.capacity} seats of ${offering.code} are taken. ${next}, or watch for a seat to come free.`;
    const params = { course: courseParams(offering), capacity: seats.capacity, canWait };
    return { code: 'seat_unavailable', detail, params };
  },
};
