import { isDeepStrictEqual } from 'node:util';
import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';
import type { Fault } from '@registrar/service';
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
  const same = { id, ...stated, ...keptFrom(before, stated), version, updatedAt };
  if (before && isDeepStrictEqual(same, before)) return undefined;
  return { ...same, version: lastVersion + 1, updatedAt: now };
}

/** What a request may leave out: then it stays as it is, and a new semester has none of it. */
function keptFrom(
  before: Semester | undefined,
  { tickets, holidays, pausedAt }: PutSemesterRequest,
): Pick<Semester, 'tickets' | 'holidays' | 'pausedAt'> {
  return {
    tickets: tickets ?? before?.tickets ?? [],
    holidays: holidays ?? before?.holidays ?? [],
    pausedAt: pausedAt === undefined ? (before?.pausedAt ?? null) : pausedAt,
  };
}

/** The fault of closing enrollment before a ticket opens, where the request leaves the tickets as they are. */
export function closingFaults(before: Semester | undefined, stated: PutSemesterRequest): Fault[] {
  if (stated.tickets !== undefined) return [];
  const closesAt = Date.parse(stated.enrollmentClosesAt);
  const late = before?.tickets.find(({ opensAt }) => Date.parse(opensAt) >= closesAt);
  if (!late) return [];
  const message = `Enrollment has to close after the ticket "${late.name}" opens: change the tickets too.`;
  return [{ path: 'enrollmentClosesAt', code: 'wrong_order', message }];
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
