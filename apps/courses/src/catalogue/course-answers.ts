import { CachedBody, entityTag } from '@registrar/cache';
import type { Course, CourseState } from '@registrar/contracts-courses';
import type { Answer } from '@registrar/idempotency';
import { Problem } from '@registrar/service';
import type { Instructors } from './instructor-names.ts';

/** The counts that are laid over a course. */
export interface Counts {
  enrolledCount: number;
  waitlistedCount: number;
  /** Of a cross-listed course: what is left of its own capacity or of its class's, whichever is less. */
  seatsAvailable?: number | undefined;
}

/**
 * Seats that can be taken of a course. A registrar may enroll beyond capacity: then no seat is available, not less.
 */
export function seatsAvailableOf(
  { capacity, crossListedOf }: Pick<CourseState, 'capacity' | 'crossListedOf'>,
  { enrolledCount, seatsAvailable }: Pick<Counts, 'enrolledCount' | 'seatsAvailable'>,
): number {
  const left = Math.max(0, capacity - enrolledCount);
  return crossListedOf === null ? left : (seatsAvailable ?? left);
}

/** A course as clients see it. */
export function courseView(state: CourseState, counts: Counts, instructors: Instructors): Course {
  const { enrolledCount, waitlistedCount } = counts;
  const { id, semesterId, departmentId, code, section, title, description, credits, instructorIds } = state;
  const { capacity, waitlistCapacity, meetings, prerequisites, status, version, createdAt, updatedAt } =
    state;
  const {
    enrollmentClosesAt,
    dropDeadlineAt,
    withdrawDeadlineAt,
    requirement,
    restriction,
    component,
    topic,
  } = state;
  const { consent, reservations, linked, crossListedOf, minCredits } = state;
  return {
    id,
    semesterId,
    departmentId,
    code,
    section,
    component,
    topic,
    title,
    description,
    credits,
    minCredits,
    instructorIds,
    instructors,
    capacity,
    enrolledCount,
    waitlistedCount,
    seatsAvailable: seatsAvailableOf(state, counts),
    waitlistCapacity,
    meetings,
    prerequisites,
    requirement,
    restriction,
    consent,
    reservations,
    linked,
    crossListedOf,
    enrollmentClosesAt,
    dropDeadlineAt,
    withdrawDeadlineAt,
    status,
    version,
    createdAt,
    updatedAt,
  };
}

/** The answer of a write: the course, with the tag that a GET would give it. */
export function courseAnswer(
  status: 200 | 201,
  state: CourseState,
  counts: Counts,
  instructors: Instructors,
): Answer<Course> {
  const body = courseView(state, counts, instructors);
  const etag = `"${entityTag(CachedBody.of(JSON.stringify(body)), state.version)}"`;
  const headers = status === 201 ? { etag, location: `/api/courses/${state.id}` } : { etag };
  return { status, headers, body };
}

/** 404: no such course, or one that the caller may not see. */
export function courseNotFound(): Problem {
  return new Problem(404, 'course_not_found', 'There is no such course.');
}

/** 409: another course has this code and section in the semester. */
export function courseExists(): Problem {
  const detail = 'This semester has a course of this code and section already. Choose another section.';
  return new Problem(409, 'course_exists', detail);
}
