import type { EnrollmentRecord, StoredHistoryEntry } from '../enrollment/enrollment.types.ts';

/** Entries that an enrollment keeps itself, at most: each write of it and both its indexes carry them. */
export const maxKept = 8;

/** The newest ones, that stay when the others move: then there is room for some changes before the next move. */
const keptNewest = 5;

/** Entries of an enrollment's history that were moved out of it. */
export interface HistoryPart {
  enrollmentId: string;
  /** Number of its first entry among all of the enrollment's, from 1. */
  first: number;
  entries: StoredHistoryEntry[];
}

/** An enrollment as it is stored, and the part of its history that goes to a row of its own with this commit. */
interface SplitRecord {
  kept: EnrollmentRecord;
  moved: HistoryPart | undefined;
}

/** Whether storing `record` takes one more row, for the oldest part of its history. */
export function isHistoryFull({ history }: Pick<EnrollmentRecord, 'history'>): boolean {
  return history.length > maxKept;
}

/**
 * Splits off all but the newest entries of a history that has grown too long: four at a time, or up to a hundred
 * where an older version, which kept so many, wrote it last.
 */
export function splitHistory(record: EnrollmentRecord): SplitRecord {
  if (!isHistoryFull(record)) return { kept: record, moved: undefined };
  const moved = {
    enrollmentId: record.id,
    first: firstKept(record),
    entries: record.history.slice(0, -keptNewest),
  };
  return { kept: { ...record, history: record.history.slice(-keptNewest) }, moved };
}

/** The whole history, from the parts that were moved and what the enrollment keeps. */
export function joinHistory(record: EnrollmentRecord, parts: readonly HistoryPart[]): StoredHistoryEntry[] {
  const first = firstKept(record);
  // A part that moved after the enrollment was read repeats what is kept there.
  const moved = parts.flatMap((part) => part.entries.filter((_, at) => part.first + at < first));
  return [...moved, ...record.history];
}

/** Number of the first entry that the enrollment keeps: each change adds one entry and raises the version by one. */
export function firstKept({ version, history }: Pick<EnrollmentRecord, 'version' | 'history'>): number {
  return version - history.length + 1;
}
