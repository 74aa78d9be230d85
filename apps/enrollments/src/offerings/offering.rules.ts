import { isDeepStrictEqual } from 'node:util';
import type { OfferingUpdate } from '@registrar/contracts-enrollments';
import { newSeats } from '../enrollment/seats.rules.ts';
import type { Offering, RefusedChange, Seats } from '../enrollment/enrollment.types.ts';

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
  const hasOnes = seats.enrolledCount > seats.completedCount || seats.waitlistedCount > 0;
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
export function refusalOf(seats: Seats, update: OfferingUpdate): RefusedChange | null {
  if (seats.refused && update.version <= seats.refused.version) return seats.refused;
  const { enrolledCount } = seats;
  return isBelowEnrolled(seats, update) ? { version: update.version, enrolledCount } : null;
}

/** Whether a new capacity is too small for those who have a seat. One that was too small already (by a registrar's override) may stay. */
export function isBelowEnrolled(seats: Seats, update: OfferingUpdate): boolean {
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
