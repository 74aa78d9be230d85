import type { Enrollment, EnrollmentStatus } from '@registrar/contracts-enrollments';
import { byEnrollment } from './roster-row.ts';
import type { RosterPosition, RosterRow } from './roster-row.ts';

/** Which part of a roster is wanted. */
export interface RosterPart {
  status: EnrollmentStatus | undefined;
  /** Rows beyond it. */
  after: RosterPosition | undefined;
}

/**
 * Rows of the index, in order, with later events: changes that the index does not show yet are put in
 * at their place, and take the place of the older state.
 *
 * @param rows in order, of the part that is wanted
 * @param recent the newest state of each enrollment that changed a moment ago
 */
export async function* withRecent(
  rows: AsyncIterable<RosterRow>,
  recent: readonly Enrollment[],
  part: RosterPart,
): AsyncGenerator<RosterRow> {
  const newest = new Map(recent.map((change) => [change.id, change]));
  const waiting = recent.filter((change) => isIn(change, part)).sort(byEnrollment);
  for await (const row of rows) {
    while (waiting[0] && byEnrollment(waiting[0], row) < 0) yield* take(waiting, newest);
    const change = newest.get(row.id);
    if (change && change.version > row.version) continue;
    if (change) newest.delete(row.id);
    yield row;
  }
  while (waiting.length > 0) yield* take(waiting, newest);
}

function* take(waiting: Enrollment[], newest: ReadonlyMap<string, Enrollment>): Generator<RosterRow> {
  const change = waiting.shift();
  if (change && newest.has(change.id)) yield change;
}

function isIn(change: Enrollment, { status, after }: RosterPart): boolean {
  return (status === undefined || change.status === status) && (!after || byEnrollment(change, after) > 0);
}
