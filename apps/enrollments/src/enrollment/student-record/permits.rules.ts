import type { ActivePermit, StudentRecord } from './student-record.types.ts';

/** Permits that one student may have at a time: more are a mistake, and would bloat the record. */
export const maxPermits = 100;

/** Permits that can be used in a course at `now` (RFC 3339), the oldest grant first. */
export function usablePermits(
  permits: readonly ActivePermit[],
  courseId: string,
  now: string,
): ActivePermit[] {
  return permits
    .filter((each) => each.courseId === courseId && each.usedAt === null && !isExpired(each, now))
    .sort((a, b) => compare(a.grantedAt, b.grantedAt));
}

/**
 * The record after a permit was used: one that was used for a seat goes; one that was used to wait is kept, marked,
 * until the promotion, so that a revocation still stops it.
 *
 * @param keeps whether it was used to wait
 */
export function withPermitUsed(
  record: StudentRecord,
  permitId: string,
  { now, keeps }: { now: string; keeps: boolean },
): StudentRecord {
  if (!keeps) return withoutPermit(record, permitId);
  const permits = record.permits.map((each) => (each.id === permitId ? { ...each, usedAt: now } : each));
  return { ...record, permits };
}

/** The record without a permit: revoked, used for a seat, or of no use any more. */
export function withoutPermit(record: StudentRecord, permitId: string): StudentRecord {
  return { ...record, permits: record.permits.filter(({ id }) => id !== permitId) };
}

/** The record with one more permit. Those that expired unused go: nothing can use them. */
export function withPermitGranted(record: StudentRecord, permit: ActivePermit): StudentRecord {
  const kept = record.permits.filter((each) => each.usedAt !== null || !isExpired(each, permit.grantedAt));
  return { ...record, permits: [...kept, permit] };
}

function isExpired({ expiresAt }: ActivePermit, now: string): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
