import { createHash } from 'node:crypto';
import { wholeCourse } from '@registrar/contracts-courses';
import type { CourseState, PublishedCourse } from '@registrar/contracts-courses';
import { rowCodec } from '@registrar/dynamodb';
import type { IdempotentRequest } from '@registrar/idempotency';
import { idLength } from '@registrar/service';
import { storedFrom } from '../pending-changes/pending-change-items.ts';
import type { PendingAttributes } from '../pending-changes/pending-change-items.ts';
import type { PendingChange, Stored } from '../pending-changes/pending-change.ts';

/** What a registrar does to a course. */
export type CourseChange = 'created' | 'updated' | 'cancelled';

/** What a change of a course does to the records of which courses are named in `linked`. */
export interface LinkChange {
  /** Courses that it names and did not name before. */
  takes: string[];
  /** Courses that it no longer names. */
  frees: string[];
  /** Whether it is the first to name any, or the last. */
  owner?: 'begins' | 'ends' | undefined;
}

/** A change of a course that is not approved yet. */
export interface PendingCourseChange extends PendingChange<CourseState> {
  change: CourseChange;
  /** The request that asked for it, where its answer is to be kept. */
  request?: Pick<IdempotentRequest, 'id' | 'fingerprint'> | undefined;
  /** Key of the reservation that it has taken: of a new course, or of a moved code or section. */
  takes?: string | undefined;
  /** Key of the reservation that its commit frees. */
  frees?: string | undefined;
  /** What it does to the records of linked courses. */
  links?: LinkChange | undefined;
  /** Of a cross-listed course, where it says whose capacity counts from then on. */
  capacityOf?: 'class' | 'own' | undefined;
}

/** The attributes of a course. Rows that an earlier version wrote may lack some. */
const attributes = rowCodec<Omit<PublishedCourse, 'id'>>()({
  semesterId: 'semester_id',
  departmentId: 'department_id',
  code: 'code',
  section: 'section',
  component: 'component',
  topic: 'topic',
  title: 'title',
  description: 'description',
  credits: 'credits',
  instructorIds: 'instructor_ids',
  capacity: 'capacity',
  waitlistCapacity: 'waitlist_capacity',
  meetings: 'meetings',
  prerequisites: 'prerequisites',
  status: 'status',
  enrollmentClosesAt: 'enrollment_closes_at',
  dropDeadlineAt: 'drop_deadline_at',
  withdrawDeadlineAt: 'withdraw_deadline_at',
  requirement: 'requirement',
  restriction: 'restriction',
  consent: 'consent',
  reservations: 'reservations',
  linked: 'linked',
  crossListedOf: 'cross_listed_of',
  minCredits: 'min_credits',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
});

type CourseAttributes = ReturnType<typeof attributes.toItem>;

/** A change of a course as an attribute of its item. */
interface PendingChangeAttribute {
  token: string;
  change: CourseChange;
  state: CourseAttributes;
  actor_id: string;
  request?: { id: string; fingerprint: string } | undefined;
  takes?: string | undefined;
  frees?: string | undefined;
  links?: LinkChange | undefined;
  capacity_of?: 'class' | 'own' | undefined;
}

/** An item of the courses table; one whose creation is not approved has a pending change only, and no index shows it. */
export interface CourseItem extends Partial<CourseAttributes>, PendingAttributes<PendingChangeAttribute> {
  id: string;
}

/** A course as attributes. */
export const attributesOf = (course: CourseState): CourseAttributes => attributes.toItem(course);

/** The course of an item, or undefined where its creation is not approved yet. */
export function courseOf(item: CourseItem): CourseState | undefined {
  return isWhole(item) ? stateOf(item.id, item) : undefined;
}

/** An item as what it holds. */
export function storedOf(item: CourseItem): Stored<CourseState, PendingCourseChange> {
  return storedFrom(
    item,
    courseOf(item),
    ({ actor_id: actorId, capacity_of: capacityOf, state, ...intent }, leasedUntil) => {
      return {
        ...intent,
        actorId,
        leasedUntil,
        ...(capacityOf && { capacityOf }),
        state: stateOf(item.id, state),
      };
    },
  );
}

/** A pending change as an attribute of its course's item. */
export function pendingChangeAttribute(pending: PendingCourseChange): PendingChangeAttribute {
  const { token, change, state, actorId, request, takes, frees, links, capacityOf } = pending;
  return {
    token,
    change,
    state: attributesOf(state),
    actor_id: actorId,
    request: request && { id: request.id, fingerprint: request.fingerprint },
    takes,
    frees,
    links,
    capacity_of: capacityOf,
  };
}

/** Key of the item that keeps semester, code and section (in any case of letters) to one course. */
export function reservationKey({
  semesterId,
  code,
  section,
}: Pick<CourseState, 'semesterId' | 'code' | 'section'>): string {
  return `code#${semesterId}#${code.toUpperCase()}#${section.toUpperCase()}`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The id of the course that a request with an Idempotency-Key creates: the same for all its retries, on every
 * instance, so that they meet at the same item.
 */
export function courseIdFor({ id }: Pick<IdempotentRequest, 'id'>): string {
  const digest = createHash('sha256').update(`course:${id}`).digest();
  return `crs_${Array.from(digest.subarray(0, idLength), (byte) => alphabet[byte & 31]).join('')}`;
}

function isWhole(item: CourseItem): item is CourseItem & CourseAttributes {
  return item.version !== undefined;
}

function stateOf(id: string, item: CourseAttributes): CourseState {
  return wholeCourse({ id, ...attributes.fromItem(item) });
}
