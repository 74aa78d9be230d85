import type { Enrollment } from '@registrar/contracts-enrollments';

/** An enrollment on a roster, before it has names; with its ticket where it waits and the position is still to be counted. */
export interface RosterRow extends Enrollment {
  ticket?: number;
}

/** A place on a roster: the last line of a page. */
export interface RosterPosition {
  enrolledAt: string;
  id: string;
}

/** The order of rosters: by `enrolledAt`, then by id. */
export function byEnrollment(a: RosterPosition, b: RosterPosition): number {
  return compare(a.enrolledAt, b.enrolledAt) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
