import type { Enrollment, EnrollmentStatus } from '@registrar/contracts-enrollments';
import { oldestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListPosition, ListedEnrollment } from '../enrollment/listed-enrollment.ts';

/** Which part of a roster is wanted. */
export interface RosterPart {
  status: EnrollmentStatus | undefined;
  /** Rows beyond it. */
  after: ListPosition | undefined;
}

/**
 * Rows of the index, in order, with later events: changes that the index does not show yet are put in
 * at their place, and take the place of the older state.
 *
 * @param rows in order, of the part that is wanted
 * @param recent the newest state of each enrollment that changed a moment ago
 */
export async function* withRecent(
  rows: AsyncIterable<ListedEnrollment>,
  recent: readonly Enrollment[],
  part: RosterPart,
): AsyncGenerator<ListedEnrollment> {
  const newest = new Map(recent.map((change) => [change.id, change]));
  const waiting = recent.filter((change) => isIn(change, part)).sort(oldestFirst);
  for await (const row of rows) {
    while (waiting[0] && oldestFirst(waiting[0], row) < 0) yield* take(waiting, newest);
    const change = newest.get(row.id);
    if (change && change.version > row.version) continue;
    if (change) newest.delete(row.id);
    yield row;
  }
  while (waiting.length > 0) yield* take(waiting, newest);
}

function* take(waiting: Enrollment[], newest: ReadonlyMap<string, Enrollment>): Generator<ListedEnrollment> {
  const change = waiting.shift();
  if (change && newest.has(change.id)) yield change;
}

function isIn(change: Enrollment, { status, after }: RosterPart): boolean {
  return (status === undefined || change.status === status) && (!after || oldestFirst(change, after) > 0);
}
