import type { InboxState, RowPlace } from '../ledger/inbox-state.rules.ts';
import { readAtOf } from '../ledger/inbox-state.rules.ts';
import type { InboxRow } from '../ledger/notification-row.ts';

/** A stretch of an inbox: places strictly before and after these moments. */
export interface Stretch {
  before?: string | undefined;
  after?: string | undefined;
}

/** Whether `at` lies in the stretch. */
export function within({ before, after }: Stretch, at: string): boolean {
  return (before === undefined || at < before) && (after === undefined || at > after);
}

/**
 * The places that an index shows, with the newest rows that it may not show yet, in one order without repeats.
 *
 * @param direction `newest` first or `oldest` first
 */
export function withRecent(
  indexed: readonly RowPlace[],
  recent: readonly RowPlace[],
  stretch: Stretch,
  direction: 'newest' | 'oldest',
): RowPlace[] {
  const places = new Map(indexed.map((place) => [place.id, place]));
  for (const place of recent) if (within(stretch, place.at)) places.set(place.id, place);
  const sign = direction === 'newest' ? -1 : 1;
  return [...places.values()].sort((a, b) => sign * a.at.localeCompare(b.at));
}

/** Leaves out what was read. */
export function unreadOf(rows: readonly InboxRow[], state: InboxState): InboxRow[] {
  return rows.filter((row) => readAtOf(row, state) === null);
}
