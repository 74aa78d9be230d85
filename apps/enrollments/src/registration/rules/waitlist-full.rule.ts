import { courseParams } from '../../enrollment/course-params.ts';
import type { Rule } from './rule.ts';

/** No seat is free, and no place on the waitlist either. */
export const waitlistFull: Rule = {
  code: 'waitlist_full',
  overridableBy: 'registrar',
  judge({ seats, offering, place }) {
    if (!place.waits || seats.waitlistedCount < seats.waitlistCapacity) return undefined;
    const detail = `${offering.code} is full and so is its waitlist (${seats.waitlistCapacity} places). Choose another section.`;
    const params = {
      course: courseParams(offering),
      limitOf: 'waitlist' as const,
      limit: seats.waitlistCapacity,
    };
    return { code: 'waitlist_full', detail, params };
  },
};
