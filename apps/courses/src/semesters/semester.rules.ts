import { isDeepStrictEqual } from 'node:util';
import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';
import type { StoredSemester } from './semester.codec.ts';

/**
 * The semester as a registrar states it; undefined where that says nothing new.
 *
 * @param stored the semester before, and the last version that was given out
 * @param now RFC 3339
 */
export function statedSemester(
  id: string,
  { state: before, lastVersion }: Pick<StoredSemester, 'state' | 'lastVersion'>,
  stated: PutSemesterRequest,
  now: string,
): Semester | undefined {
  const { version = 0, updatedAt = now } = before ?? {};
  const same = { id, ...stated, version, updatedAt };
  if (before && isDeepStrictEqual(same, before)) return undefined;
  return { ...same, version: lastVersion + 1, updatedAt: now };
}

/** The semester that was current until another one became it. @param now RFC 3339 */
export function noLongerCurrent(semester: Semester, version: number, now: string): Semester {
  return { ...semester, current: false, version, updatedAt: now };
}

/** The latest first. */
export function bySemesterOrder(a: Semester, b: Semester): number {
  if (a.startsOn !== b.startsOn) return a.startsOn < b.startsOn ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
