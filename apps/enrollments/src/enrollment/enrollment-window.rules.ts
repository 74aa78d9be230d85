import type { Seats, SemesterRules } from './enrollment.types.ts';

/** Whether the enrollment window of a semester is open. @param now RFC 3339 */
export function isWindowOpen(semester: SemesterRules, now: string): boolean {
  return now >= semester.enrollmentOpensAt && now < semester.enrollmentClosesAt;
}

/** Whether waiting students may be promoted at all: the course is open and the window too. @param now RFC 3339 */
export function promotionAllowed({
  seats,
  semester,
  now,
}: {
  seats: Seats;
  semester: SemesterRules;
  now: string;
}): boolean {
  return seats.status === 'open' && isWindowOpen(semester, now);
}
