import { isDeepStrictEqual } from 'node:util';
import type {
  CourseState,
  CourseStatus,
  CreateCourseRequest,
  PatchCourseRequest,
} from '@registrar/contracts-courses';
import { fieldsOfClass, newCourseDefaults } from '@registrar/contracts-courses';
import { Problem } from '@registrar/service';

/** Where a PATCH may move a course from each status; `cancelled` is reached by DELETE only, and for good. */
const moves: Record<CourseStatus, readonly CourseStatus[]> = {
  draft: ['open'],
  open: ['closed'],
  closed: ['open'],
  cancelled: [],
};

/**
 * The first version of a course.
 *
 * @param now RFC 3339
 * @param ofClass the class of a cross-listed course, which has its capacity where the request states none
 */
export function newCourse(
  id: string,
  request: CreateCourseRequest,
  now: string,
  ofClass?: CourseState,
): CourseState {
  const { capacity = ofClass?.capacity ?? 0 } = request;
  const others = ofClass ? whatIsOf(ofClass) : { ...newCourseDefaults, ...stated(request) };
  return { id, ...request, ...others, capacity, version: 1, createdAt: now, updatedAt: now };
}

/**
 * A cross-listed course with what is its class's; undefined where it has that already, or is cancelled.
 *
 * @param withCapacity whether the class's capacity is its own too
 */
export function followedClass(
  course: CourseState,
  ofClass: CourseState,
  { withCapacity, version }: { withCapacity: boolean; version: number },
): CourseState | undefined {
  if (course.status === 'cancelled') return undefined;
  const capacity = withCapacity ? ofClass.capacity : course.capacity;
  const next = { ...course, ...whatIsOf(ofClass), capacity };
  if (isDeepStrictEqual(next, course)) return undefined;
  return { ...next, version, updatedAt: ofClass.updatedAt };
}

function whatIsOf({
  waitlistCapacity,
  meetings,
  instructorIds,
  status,
  reservations,
}: CourseState): typeof newCourseDefaults {
  return { waitlistCapacity, meetings, instructorIds, status, reservations };
}

/** What is stated of the fields that have defaults here. */
function stated(request: CreateCourseRequest): Partial<typeof newCourseDefaults> {
  return Object.fromEntries(
    fieldsOfClass.flatMap((field) => (request[field] === undefined ? [] : [[field, request[field]]])),
  );
}

/**
 * The course as changed, or undefined where the change says nothing new.
 *
 * @param version number of the changed course
 * @param now RFC 3339
 * @throws Problem 409 `invalid_transition`
 */
export function changedCourse(
  course: CourseState,
  change: PatchCourseRequest,
  version: number,
  now: string,
): CourseState | undefined {
  if (course.status === 'cancelled')
    throw invalidTransition('A cancelled course stays as it is.', course.status, change.status);
  const { status = course.status } = change;
  if (status !== course.status && !moves[course.status].includes(status)) {
    const detail = `A course that is ${course.status} cannot become ${status}${hint(status)}`;
    throw invalidTransition(detail, course.status, status);
  }
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const next = { ...course, ...named };
  if (isDeepStrictEqual(next, course)) return undefined;
  return { ...next, version, updatedAt: now };
}

/** The course as cancelled, or undefined where it is already; parameters as of `changedCourse`. */
export function cancelledCourse(course: CourseState, version: number, now: string): CourseState | undefined {
  if (course.status === 'cancelled') return undefined;
  return { ...course, status: 'cancelled', version, updatedAt: now };
}

function hint(status: CourseStatus): string {
  return status === 'cancelled' ? ' by a change: delete it.' : '.';
}

function invalidTransition(detail: string, from: CourseStatus, to: CourseStatus = from): Problem {
  return new Problem(409, 'invalid_transition', detail, { params: { from, to } });
}
