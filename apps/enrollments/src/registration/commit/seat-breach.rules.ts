import type { CoursePlan } from '../planning/course-plan.ts';
import type { Seats } from '../../enrollment/enrollment.types.ts';

type Counted = Pick<Seats, 'capacity' | 'enrolledCount' | 'waitlistedCount'>;

/**
 * Whether a commit gave more seats than the class has, or than one of its codes may take, other than by a registrar's
 * override: a watch on the rules, which never allow it. One that was above its capacity already (it was lowered) breaks
 * nothing.
 */
export function breaksSeats({
  before,
  classSeats,
  events,
}: Pick<CoursePlan, 'before' | 'classSeats' | 'events'>): boolean {
  const overridden = events.filter(({ override }) => override.includes('seat_unavailable')).length;
  const parts = Object.entries(classSeats.codes).map(([id, code]) => [before.codes[id], code] as const);
  return [[before, classSeats] as const, ...parts].some(
    ([was, now]) => was !== undefined && goesBeyond(was, now, overridden),
  );
}

function goesBeyond(before: Counted, now: Counted, overridden: number): boolean {
  const beyond = (enrolled: number) => Math.max(0, enrolled - now.capacity);
  const added = beyond(now.enrolledCount) - beyond(before.enrolledCount);
  return added > overridden || now.enrolledCount < 0 || now.waitlistedCount < 0;
}
