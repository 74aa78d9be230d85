import { match, requirement } from '@registrar/eligibility';
import { z } from 'zod';
import type { refusalCodes } from './enrollment.ts';
import { enrollmentStatus, timestamp } from './enrollment.ts';
import { hold, holdBlocks } from './holds.ts';
import { meeting } from './meeting.ts';

/** The course that a refusal is about. */
const course = z.strictObject({
  id: z.string(),
  code: z.string(),
  section: z.string(),
  title: z.string(),
});

/** Holds in force that stop enrolling or dropping. */
const holds = {
  blocks: holdBlocks,
  holds: z.array(hold.pick({ id: true, office: true, reason: true, placedAt: true })),
};

/**
 * The values that the `detail` of a refusal says, by its code: `params` of its problem, so that a client can say the
 * same in another language. Times are RFC 3339 in UTC, for the client to say in campus time.
 */
export const refusalParams = {
  course_not_open: z.strictObject({ course, status: z.enum(['draft', 'open', 'closed', 'cancelled']) }),
  registration_paused: z.strictObject({ course, pausedAt: timestamp }),
  /** Opens in the future (`isOpening`) for this student, by `ticket` where one matches; or has closed. */
  enrollment_window_closed: z.strictObject({
    course,
    isOpening: z.boolean(),
    opensAt: timestamp,
    closesAt: timestamp,
    ticket: z.string().nullable(),
  }),
  /** `course` is missing where a drop is stopped. */
  hold: z.strictObject({ course: course.optional(), ...holds }),
  /** `other` is the enrollment in the way: of this course or of another section; null for a swap with itself. */
  already_enrolled: z.strictObject({
    course: course.nullable(),
    other: z.strictObject({ courseId: z.string(), code: z.string(), status: enrollmentStatus }).nullable(),
  }),
  restricted: z.strictObject({ course, restriction: match }),
  permission_required: z.strictObject({ course }),
  /**
   * `options`: a list of ids for each list of linked sections of which none is taken. Of a section that
   * was asked for alone it is empty, and `with` the course that names it.
   */
  linked_section_required: z.strictObject({
    course,
    options: z.array(z.array(z.string())),
    with: course.nullable(),
  }),
  /** What is not met: met children of an `all` are cut, of an `any` all alternatives stay. */
  prerequisite_not_met: z.strictObject({ course, missing: requirement }),
  /** For each course in the way the first pair of meetings that are at the same time. */
  time_conflict: z.strictObject({
    course,
    conflicts: z.array(z.strictObject({ course, meeting, ownMeeting: meeting })),
  }),
  /** `limitOf: places`: the limit is the number of courses and waiting places, and `taken` how many there are. */
  credit_limit_exceeded: z.strictObject({
    course,
    limitOf: z.enum(['credits', 'places']),
    credits: z.number(),
    taken: z.number(),
    limit: z.number(),
  }),
  /** `canWait`: the waitlist has a place. */
  seat_unavailable: z.strictObject({ course, capacity: z.int(), canWait: z.boolean() }),
  /** `available`: free seats, all of them reserved for others. */
  seat_reserved: z.strictObject({ course, available: z.int(), canWait: z.boolean() }),
  /** `limitOf: places` as above; else the limit is the capacity of the waitlist. */
  waitlist_full: z.strictObject({ course, limitOf: z.enum(['waitlist', 'places']), limit: z.int() }),
  /** Of a drop, or of the drop of a swap. */
  drop_period_closed: z.strictObject({ withdrawDeadlineAt: timestamp }),
  /** Of a completion: how the enrollment stands. */
  invalid_transition: z.strictObject({ status: enrollmentStatus }),
} as const satisfies Record<(typeof refusalCodes)[number], z.ZodType> & Record<string, z.ZodType>;

/** The `params` of refusals, by their codes. A code that is not here has none. */
export type RefusalParams = {
  readonly [Code in keyof typeof refusalParams]: z.infer<(typeof refusalParams)[Code]>;
};
