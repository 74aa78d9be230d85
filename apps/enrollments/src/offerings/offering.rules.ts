import { isDeepStrictEqual } from 'node:util';
import type { OfferingUpdate } from '@registrar/contracts-enrollments';
import { isEmptied } from '../enrollment/class-codes.rules.ts';
import { freeSeats, newSeats } from '../enrollment/seats.rules.ts';
import type { CodeSeats, Offering, RefusedChange, Seats } from '../enrollment/enrollment.types.ts';

/** The seats of a course that is new here. */
export function seatsOfNew(courseId: string, update: OfferingUpdate): Seats {
  const { semesterId, status, capacity, waitlistCapacity, version, enrollmentClosesAt = null } = update;
  const { reservations = [] } = update;
  const limits = { status, capacity, waitlistCapacity, enrollmentClosesAt, reservations };
  return newSeats({ courseId, semesterId, ...limits, courseVersion: version });
}

/**
 * The seats after a change of the course. Waiting students are judged again wherever it may have made room for
 * them: more capacity, open again, other times or conditions. A cancelled course has its enrollments ended.
 */
export function seatsAfterUpdate(seats: Seats, update: OfferingUpdate): Seats {
  const isCancelled = update.status === 'cancelled';
  const hasOnes = !isEmptied(seats);
  const waits = seats.waitlistedCount > 0 && update.capacity > seats.enrolledCount && !isCancelled;
  return {
    ...seats,
    status: update.status,
    capacity: update.capacity,
    waitlistCapacity: update.waitlistCapacity,
    enrollmentClosesAt: update.enrollmentClosesAt ?? null,
    reservations: update.reservations ?? [],
    courseVersion: update.version,
    version: seats.version + 1,
    promotion: waits ? { after: 0, kept: 0 } : null,
    cancellation: isCancelled && hasOnes ? (seats.cancellation ?? { actorId: update.actorId }) : null,
    refused: seats.refused && seats.refused.version > update.version ? seats.refused : null,
  };
}

/**
 * Why a change that has not happened yet is refused: it was once before, and its sender may have been answered so, or
 * its capacity is too small. Null where it is not.
 */
export function refusalOf(
  seats: Pick<Seats, 'capacity' | 'enrolledCount' | 'refused'>,
  update: OfferingUpdate,
): RefusedChange | null {
  if (seats.refused && update.version <= seats.refused.version) return seats.refused;
  const { enrolledCount } = seats;
  return isBelowEnrolled(seats, update) ? { version: update.version, enrolledCount } : null;
}

/**
 * The seats of a class after a change of a course that is another code for it; `seats` are those of before, with or without
 * that code. Waiting students are judged again where a seat is free: the code may take more than before, or others may
 * take it.
 */
export function seatsAfterCodeUpdate(seats: Seats, courseId: string, update: OfferingUpdate): Seats {
  const before = seats.codes[courseId] ?? noneTaken;
  const isCancelled = update.status === 'cancelled';
  const cancellation = before.cancellation ?? { actorId: update.actorId };
  const code: CodeSeats = {
    ...before,
    capacity: update.capacity,
    enrollmentClosesAt: update.enrollmentClosesAt ?? null,
    version: update.version,
    isCancelled,
    cancellation: isCancelled && !isEmptied(before) ? cancellation : null,
    refused: before.refused && before.refused.version > update.version ? before.refused : null,
  };
  const waits = seats.waitlistedCount > 0 && freeSeats(seats) > 0 && seats.status !== 'cancelled';
  return {
    ...seats,
    codes: { ...seats.codes, [courseId]: code },
    promotion: waits ? { after: 0, kept: 0 } : seats.promotion,
    version: seats.version + 1,
  };
}

const noneTaken: Pick<
  CodeSeats,
  'enrolledCount' | 'completedCount' | 'waitlistedCount' | 'cancellation' | 'refused'
> = { enrolledCount: 0, completedCount: 0, waitlistedCount: 0, cancellation: null, refused: null };

/**
 * The seats of a class that is not known here yet, when a course that is another code for it is: a replay gives courses in
 * any order. It takes nobody until its own course has arrived.
 */
export function seatsOfUnknown(classId: string, { semesterId }: OfferingUpdate): Seats {
  const limits = { capacity: 0, waitlistCapacity: 0, courseVersion: 0 };
  return newSeats({ courseId: classId, semesterId, status: 'draft', ...limits });
}

/** Whether a new capacity is too small for those who have a seat. One that was too small already (by a registrar's override) may stay. */
export function isBelowEnrolled(
  seats: Pick<Seats, 'capacity' | 'enrolledCount'>,
  update: OfferingUpdate,
): boolean {
  return update.capacity !== seats.capacity && update.capacity < seats.enrolledCount;
}

/** The offering of an update. */
export function offeringAfter(courseId: string, update: OfferingUpdate): Offering {
  const { semesterId, code, section, title, credits, instructorIds, meetings, prerequisites, version } =
    update;
  const { component = 'lecture', topic = null, requirement = null, restriction = null } = update;
  const { dropDeadlineAt = null, withdrawDeadlineAt = null } = update;
  const { consent = 'none', minCredits = null, linked = [] } = update;
  return {
    courseId,
    classId: update.crossListedOf ?? courseId,
    semesterId,
    code,
    section,
    component,
    topic,
    title,
    credits,
    instructorIds,
    meetings,
    prerequisites,
    requirement,
    restriction,
    consent,
    minCredits,
    // Nothing is taken with a cancelled course: what it named can be taken alone.
    linked: update.status === 'cancelled' ? [] : linked,
    dropDeadlineAt,
    withdrawDeadlineAt,
    version,
  };
}

/** Whether two offerings meet at other times, or are linked otherwise: decisions about other courses depend on both. */
export function isOtherwiseJudged(before: Offering | undefined, now: Offering): boolean {
  // By value: the store gives the members of a meeting in an order of its own.
  return (
    before !== undefined &&
    !(isDeepStrictEqual(before.meetings, now.meetings) && isDeepStrictEqual(before.linked, now.linked))
  );
}

/** Courses that an offering names as linked sections, each once. */
export function linkedIds({ linked }: Pick<Offering, 'linked'>): string[] {
  return [...new Set(linked.flatMap(({ courseIds }) => courseIds))];
}
