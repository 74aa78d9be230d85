import type { CoursePlan } from '../planning/course-plan.ts';

/**
 * Whether a commit gave more seats than the course has, other than by a registrar's override: a watch on the
 * rules, which never allow it. A course that was above its capacity already (it was lowered) breaks nothing.
 */
export function breaksSeats({
  before,
  seats,
  events,
}: Pick<CoursePlan, 'before' | 'seats' | 'events'>): boolean {
  const beyond = (enrolled: number) => Math.max(0, enrolled - seats.capacity);
  const added = beyond(seats.enrolledCount) - beyond(before.enrolledCount);
  const overridden = events.filter(({ override }) => override.includes('seat_unavailable')).length;
  return added > overridden || seats.enrolledCount < 0 || seats.waitlistedCount < 0;
}
