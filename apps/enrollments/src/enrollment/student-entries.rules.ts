import type { Offering, StudentEntry } from './enrollment.types.ts';

/** Codes are the same course in any case of letters. */
export const sameCode = (code: string) => code.toUpperCase();

/** Whether an entry is another section of what an offering teaches: the same code, component and topic. */
export function isSameSubject(
  entry: Pick<StudentEntry, 'code' | 'component' | 'topic'>,
  offering: Pick<Offering, 'code' | 'component' | 'topic'>,
): boolean {
  const { component = 'lecture', topic = null } = entry;
  return (
    sameCode(entry.code) === sameCode(offering.code) &&
    component === offering.component &&
    topic === offering.topic
  );
}

/** Whether an entry takes a seat, credits and time. */
export const holdsSeat = ({ status }: Pick<StudentEntry, 'status'>) =>
  status === 'enrolled' || status === 'completed';

/** Whether an entry is a seat or a waiting place: the others have ended. */
export const isCurrent = (entry: Pick<StudentEntry, 'status'>) =>
  holdsSeat(entry) || entry.status === 'waitlisted';

/**
 * Ended enrollments that a student's semester names, the last ones: they say what an own list shows while its index
 * lags. May be lowered, never raised: `mayLack` judges items that were written under it.
 */
export const maxEnded = 100;

/** Seats and waiting places that one student may have in a semester: with `maxEnded` it bounds the item. */
export const maxCurrent = 200;

/**
 * The entries of a semester after one of them changed, in order of their last change. Those of seats and waiting
 * places all stay; of the ended ones the oldest go, which the index has shown for long.
 */
export function entriesAfter(before: readonly StudentEntry[], changed: StudentEntry): StudentEntry[] {
  const others = before.filter(({ courseId }) => courseId !== changed.courseId);
  const entries = [...others, changed];
  const ended = entries.filter((entry) => !isCurrent(entry));
  const old = new Set(ended.slice(0, Math.max(0, ended.length - maxEnded)));
  return old.size === 0 ? entries : entries.filter((entry) => !old.has(entry));
}

/**
 * Whether there may be ended enrollments that the entries do not name. Entries go only where `maxEnded` ended ones
 * stay, and are replaced but never taken away otherwise: fewer than that are all.
 */
export function mayLack(entries: readonly StudentEntry[]): boolean {
  return entries.length >= maxEnded;
}
