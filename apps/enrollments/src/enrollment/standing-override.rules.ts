import type { StoredHistoryEntry } from './enrollment.types.ts';

/**
 * What a registrar set aside for a waiting place: it holds until the promotion. An amendment carries it on, as the entry
 * of the beginning may have moved out of a long history by then.
 */
export function standingOverride(
  history: readonly Pick<StoredHistoryEntry, 'action' | 'override'>[],
): StoredHistoryEntry['override'] {
  const beginning = history.findLast(({ action }) => action === 'waitlisted');
  return (beginning ?? history.findLast(({ action }) => action === 'amended'))?.override ?? [];
}
