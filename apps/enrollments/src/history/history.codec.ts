import type { HistoryPart } from './history-split.rules.ts';

/** Name of the table of moved parts. */
export const historyTable = 'enrollment_history';

/** An item of the `enrollment_history` table. */
export interface HistoryItem {
  enrollment_id: string;
  first: number;
  entries: HistoryPart['entries'];
}

/** The part that an item holds. */
export function historyPartOf(item: HistoryItem): HistoryPart {
  return { enrollmentId: item.enrollment_id, first: item.first, entries: item.entries };
}

/** The item of a part. */
export function historyItem({ enrollmentId, first, entries }: HistoryPart): HistoryItem {
  return { enrollment_id: enrollmentId, first, entries };
}
