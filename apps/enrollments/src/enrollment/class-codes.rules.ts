import { countsUnder } from '@registrar/contracts-enrollments';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { courseSeatsOf, freeSeats, reservedAfter } from './seats.rules.ts';
import { holdsSeat } from './student-entries.rules.ts';
import type { CodeSeats, EnrollmentRecord, Seats } from './enrollment.types.ts';

/** Ids of the courses whose class this is: its own first, then those of its other codes. */
export function courseIdsOf({ courseId, codes }: Pick<Seats, 'courseId' | 'codes'>): string[] {
  return [courseId, ...Object.keys(codes)];
}

/** The versions of the courses that these seats are of, by id. */
export function courseVersionsOf(seats: Seats): [courseId: string, version: number][] {
  const codes = Object.entries(seats.codes).map(([id, { version }]) => [id, version] as [string, number]);
  return [[seats.courseId, seats.courseVersion], ...codes];
}

/** Whether seats are of the same versions of the same courses. */
export function isOfSameCourses(a: Seats, b: Seats): boolean {
  const versions = courseVersionsOf(a);
  const others = new Map(courseVersionsOf(b));
  return versions.length === others.size && versions.every(([id, version]) => others.get(id) === version);
}

/**
 * The seats of a class as somebody sees them who takes one under a code: no more than are left under it, none where it is
 * cancelled. The same for the class's own course, and for one that is not a code of the class.
 */
export function seatsUnder(seats: Seats, courseId: string): Seats {
  const code = seats.codes[courseId];
  if (!code) return seats;
  const freeInClass = freeSeats(seats);
  const { capacity, enrolledCount } = freeSeats(code) <= freeInClass ? code : seats;
  const { enrollmentClosesAt } = code;
  const status = code.isCancelled ? 'cancelled' : seats.status;
  return { ...seats, status, capacity, enrolledCount, enrollmentClosesAt, freeInClass };
}

/** The version of the course that the seats of its class know, by its code there. */
export function versionUnder(
  { codes, courseVersion }: Pick<Seats, 'codes' | 'courseVersion'>,
  courseId: string,
): number {
  return codes[courseId]?.version ?? courseVersion;
}

/** The codes of a class after a change of an enrollment: counted where that is under one of them. */
export function codesAfter(
  { codes }: Pick<Seats, 'codes'>,
  before: EnrollmentRecord | undefined,
  now: Pick<EnrollmentRecord, 'courseId' | 'status'>,
): Seats['codes'] {
  const code = codes[now.courseId];
  if (!code) return codes;
  const [from, to] = [before?.status, now.status];
  const changed: CodeSeats = {
    ...code,
    enrolledCount:
      code.enrolledCount + Number(holdsSeat(now)) - Number(before !== undefined && holdsSeat(before)),
    completedCount: code.completedCount + Number(to === 'completed') - Number(from === 'completed'),
    waitlistedCount: code.waitlistedCount + Number(to === 'waitlisted') - Number(from === 'waitlisted'),
  };
  return { ...codes, [now.courseId]: changed };
}

/** The seats of a class without one that is given up. */
export function seatsWithout(seats: Seats, ended: EnrollmentRecord): Seats {
  return {
    ...seats,
    enrolledCount: seats.enrolledCount - 1,
    reserved: reservedAfter(seats.reserved, ended.reservation, -1),
    codes: codesAfter(seats, ended, { courseId: ended.courseId, status: 'dropped' }),
  };
}

/** Who cancelled the course of an enrollment, where it is still to be ended: the class's, or that of its code alone. */
export function cancellationOf(seats: Seats, courseId: string): { actorId: string } | null {
  return seats.cancellation ?? seats.codes[courseId]?.cancellation ?? null;
}

/** Whether enrollments are still to be ended, under any code. */
export function hasCancellation({ cancellation, codes }: Pick<Seats, 'cancellation' | 'codes'>): boolean {
  return cancellation !== null || Object.values(codes).some((code) => code.cancellation !== null);
}

/** Whether nobody has a seat or waits who has not completed. */
export function isEmptied({
  enrolledCount,
  completedCount,
  waitlistedCount,
}: Pick<Seats, 'enrolledCount' | 'completedCount' | 'waitlistedCount'>): boolean {
  return enrolledCount === completedCount && waitlistedCount === 0;
}

/** The seats under a code as other services read them; those of the class where it is not another code. */
export function courseSeatsUnder(seats: Seats, courseId: string): CourseSeats {
  const code = seats.codes[courseId];
  if (!code) return courseSeatsOf(seats);
  const { waitlistedCount, sequence, courseId: classId } = seats;
  return { courseId, ...countsUnder(seats, code), waitlistedCount, sequence, version: code.version, classId };
}
