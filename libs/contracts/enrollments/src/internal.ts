import { match, requirement } from '@registrar/eligibility';
import { z } from 'zod';
import { seatCounts } from './events.ts';
import { meeting as strictMeeting } from './meeting.ts';

/** Properties that are not known are passed over here. */
const meeting = z.object(strictMeeting.shape);

/**
 * `PUT /internal/offerings/:courseId`: what enrollments needs of a course before the courses service answers
 * for it. Idempotent by `version`: one not newer changes nothing. 200 with the seats; 409
 * `capacity_below_enrolled` when `capacity` is less than the enrolled count (nothing changed then).
 */
export const offeringUpdate = z.object({
  semesterId: z.string(),
  departmentId: z.string(),
  code: z.string(),
  section: z.string(),
  title: z.string(),
  credits: z.number(),
  instructorIds: z.array(z.string()),
  capacity: z.int().min(0),
  waitlistCapacity: z.int().min(0),
  meetings: z.array(meeting),
  prerequisites: z.array(z.string()),
  status: z.enum(['draft', 'open', 'closed', 'cancelled']),
  /** Of a half-term; null means the semester's. Earlier versions of the courses service send none of these five. */
  enrollmentClosesAt: z.string().nullable().optional(),
  dropDeadlineAt: z.string().nullable().optional(),
  withdrawDeadlineAt: z.string().nullable().optional(),
  requirement: requirement.nullable().optional(),
  restriction: match.nullable().optional(),
  /** Earlier versions send neither: a lecture, without a topic. */
  component: z.string().optional(),
  topic: z.string().nullable().optional(),
  /** Earlier versions send none of these: no consent, fixed credits, no reserved seats, no links. */
  consent: z.enum(['none', 'instructor']).optional(),
  minCredits: z.number().nullable().optional(),
  reservations: z
    .array(z.object({ name: z.string(), seats: z.int(), match, releasesAt: z.string().nullable() }))
    .optional(),
  linked: z.array(z.object({ component: z.string(), courseIds: z.array(z.string()) })).optional(),
  /** Of another code for the same class: the class's course, whose seats it takes; `capacity` is its part of them. */
  crossListedOf: z.string().nullable().optional(),
  version: z.int().min(1),
  /** Who changed it: the registrar's id. */
  actorId: z.string(),
});

/** What enrollments needs of a course. */
export type OfferingUpdate = z.infer<typeof offeringUpdate>;

/**
 * `PUT /internal/semesters/:id`: windows and limits of a semester. Idempotent by `version`; 200 with
 * `{semesterId, version}`.
 */
export const semesterUpdate = z.object({
  enrollmentOpensAt: z.string(),
  enrollmentClosesAt: z.string(),
  dropDeadlineAt: z.string(),
  withdrawDeadlineAt: z.string(),
  creditLimit: z.number(),
  /** Earlier versions of the courses service send neither tickets nor a pause. */
  tickets: z.array(z.object({ name: z.string(), match, opensAt: z.string() })).optional(),
  pausedAt: z.string().nullable().optional(),
  version: z.int().min(1),
});

/** Windows and limits of a semester. */
export type SemesterUpdate = z.infer<typeof semesterUpdate>;

/** `POST /internal/seats/batch-get`: at most 200 course ids; unknown ones are left out of the answer. */
export const seatsRequest = z.object({ courseIds: z.array(z.string()).min(1).max(200) });

/** The seats of one course and the event `sequence` they belong to (0 before the first event). */
export const courseSeats = seatCounts.omit({ reserved: true, codes: true }).extend({
  courseId: z.string(),
  sequence: z.int().min(0),
  version: z.int().min(0),
  /** Of a cross-listed course: the class's, of which waitlist and sequence are. */
  classId: z.string().optional(),
});

/** Seats of a course, with the sequence and the course version they were read at. */
export type CourseSeats = z.infer<typeof courseSeats>;

/** Answer of `POST /internal/seats/batch-get`. */
export const seatsAnswer = z.object({ items: z.array(courseSeats) });

/** What was written with a permit, or why a request was declined; empty where nothing was. */
export const permitNote = z.object({ note: z.string() });

/** Answer of `PUT /internal/semesters/:id`. */
export const semesterVersion = z.object({ semesterId: z.string(), version: z.int().min(1) });
