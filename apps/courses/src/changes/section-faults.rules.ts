import type {
  CourseState,
  CreateCourseRequest,
  PatchCourseRequest,
  Reservation,
} from '@registrar/contracts-courses';
import { fieldsOfClass } from '@registrar/contracts-courses';
import type { Fault } from '@registrar/service';
import { linkedIds } from './course-links.rules.ts';
import type { Section } from './course-relations.ts';

/** What is to be seen of the course that names others; without an id where it is new. */
interface Owner {
  id?: string;
  semesterId: string;
  linked: CourseState['linked'];
}

/**
 * The fault of unreleased reservations with more seats than the course has, at what the request says; none where it says
 * nothing of them. Those of a cross-listed course are its class's.
 *
 * @param now milliseconds since the epoch
 */
export function reservationFaults(
  asked: Pick<PatchCourseRequest, 'capacity' | 'reservations'>,
  before: Pick<CourseState, 'capacity' | 'reservations' | 'crossListedOf'> | undefined,
  now: number,
): Fault[] {
  const { capacity = before?.capacity, reservations = before?.reservations ?? [] } = asked;
  const isNamed = asked.capacity !== undefined || asked.reservations !== undefined;
  if (!isNamed || capacity === undefined || typeof before?.crossListedOf === 'string') return [];
  const reserved = reservations
    .filter((each) => isUnreleased(each, now))
    .reduce((sum, { seats }) => sum + seats, 0);
  if (reserved <= capacity) return [];
  const path = asked.reservations === undefined ? 'capacity' : 'reservations';
  const message = `${reserved} seats are reserved and not released, and the course has ${capacity}. Reserve fewer or raise the capacity.`;
  return [{ path, code: 'inconsistent', message }];
}

function isUnreleased({ releasesAt }: Pick<Reservation, 'releasesAt'>, now: number): boolean {
  return releasesAt === null || Date.parse(releasesAt) > now;
}

/** The fault of least credits above the credits, where a change names one of the two only. */
export function creditFaults(
  asked: Pick<PatchCourseRequest, 'credits' | 'minCredits'>,
  before: Pick<CourseState, 'credits' | 'minCredits'>,
): Fault[] {
  const { credits = before.credits, minCredits = before.minCredits } = asked;
  const isNamed = asked.credits !== undefined || asked.minCredits !== undefined;
  if (!isNamed || minCredits === null || minCredits <= credits) return [];
  const path = asked.minCredits === undefined ? 'credits' : 'minCredits';
  const message = `The least credits, ${minCredits}, are not above the credits of the course, ${credits}.`;
  return [{ path, code: 'inconsistent', message }];
}

/** A fault for each field that a change of a cross-listed course says and that is its class's. */
export function fieldOfClassFaults(
  asked: PatchCourseRequest,
  { crossListedOf }: Pick<CourseState, 'crossListedOf'>,
): Fault[] {
  if (crossListedOf === null) return [];
  return fieldsOfClass.flatMap((path): Fault[] => {
    if (asked[path] === undefined) return [];
    const message = `This belongs to the class of the course. Change it at course ${crossListedOf}.`;
    return [{ path, code: 'inconsistent', message }];
  });
}

/** The fault of a class that a new course cannot be cross-listed with. @param ofClass the course it names */
export function crossListingFaults(
  { crossListedOf, semesterId }: Pick<CreateCourseRequest, 'crossListedOf' | 'semesterId'>,
  ofClass: CourseState | undefined,
): Fault[] {
  if (crossListedOf === null) return [];
  const path = 'crossListedOf';
  if (!ofClass) return [{ path, code: 'not_found', message: 'There is no such course.' }];
  const message = whyNoClass(ofClass, semesterId);
  return message === undefined ? [] : [{ path, code: 'inconsistent', message }];
}

function whyNoClass(ofClass: CourseState, semesterId: string): string | undefined {
  if (ofClass.semesterId !== semesterId) return 'The other course is of another semester.';
  if (ofClass.crossListedOf !== null)
    return `The other course is cross-listed itself. Name its class, ${ofClass.crossListedOf}.`;
  return ofClass.status === 'cancelled' ? 'The other course is cancelled.' : undefined;
}

/**
 * A fault for each course in `linked` that cannot be taken along, where it stands.
 *
 * @param before the course that is changed, or what is known of a new one; what it names already may be cancelled since
 * @param sections the named courses that there are
 */
export function linkFaults(
  asked: CourseState['linked'],
  before: Owner,
  sections: ReadonlyMap<string, Section>,
): Fault[] {
  const known = new Set(before.linked.flatMap(({ courseIds }) => courseIds));
  const seen = new Set<string>();
  return asked.flatMap(({ courseIds }, list) =>
    courseIds.flatMap((id, at): Fault[] => {
      const path = `linked.${list}.courseIds.${at}`;
      const section = sections.get(id);
      if (seen.has(id)) return [inconsistent(path, 'This course is named already. Name each one once.')];
      seen.add(id);
      if (id === before.id) return [inconsistent(path, 'A course is not linked to itself.')];
      if (!section) return [{ path, code: 'not_found', message: 'There is no such course.' }];
      const isNew = !known.has(id);
      const message = whyNotLinked(section, { semesterId: before.semesterId, isNew });
      return message === undefined ? [] : [inconsistent(path, message)];
    }),
  );
}

function whyNotLinked(
  { state, next }: Section,
  { semesterId, isNew }: { semesterId: string; isNew: boolean },
): string | undefined {
  if (state.semesterId !== semesterId) return 'This course is of another semester.';
  if (linkedIds(state).length > 0 || linkedIds(next).length > 0)
    return 'This course has linked sections of its own. Linked sections have none.';
  if (isNew && next.status === 'cancelled') return 'This course is cancelled: nobody could take it along.';
  return undefined;
}

/** The fault of linked sections of a course that others take along. @param owners ids of those */
export function chainFaults(asked: CourseState['linked'], owners: readonly string[]): Fault[] {
  if (asked.length === 0 || owners.length === 0) return [];
  const message = `Course ${owners[0]} has this course among its linked sections. Linked sections have none of their own.`;
  return [inconsistent('linked', message)];
}

function inconsistent(path: string, message: string): Fault {
  return { path, code: 'inconsistent', message };
}
