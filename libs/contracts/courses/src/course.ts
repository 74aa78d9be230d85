import { courseCode, match, requirement } from '@registrar/eligibility';
import { z } from 'zod';

export { courseCode } from '@registrar/eligibility';

/** An id that a client chooses (semester, department): 1..40 of letters, digits, `-` and `_`. */
export const chosenId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'Use 1 to 40 letters, digits, "-" or "_".');

/** RFC 3339 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 });

/** Days of the week as meetings name them. */
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A time of day, "HH:mm". */
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use 24-hour time, "HH:mm".');

/**
 * When and where a course meets, each week: start before end, on one day; from the beginning of the semester to its
 * end where no dates are given. A single date is both.
 */
export const meeting = z
  .strictObject({
    day: z.enum(days),
    start: clock,
    end: clock,
    room: z.string().max(100),
    startsOn: z.iso.date().optional(),
    endsOn: z.iso.date().optional(),
  })
  .refine(({ start, end }) => start < end, {
    path: ['end'],
    message: 'A meeting ends after it starts.',
    params: { code: 'wrong_order' },
  })
  .refine(({ startsOn, endsOn }) => startsOn === undefined || endsOn === undefined || startsOn <= endsOn, {
    path: ['endsOn'],
    message: 'The last date of a meeting is not before its first.',
    params: { code: 'wrong_order' },
  });

/** A weekly meeting. */
export type Meeting = z.infer<typeof meeting>;

/** What part of a course a section is. */
export const components = [
  'lecture',
  'lab',
  'discussion',
  'recitation',
  'tutorial',
  'seminar',
  'studio',
  'other',
] as const;

/** Where a course stands: draft -> open <-> closed; cancelled for good. */
export const courseStatus = z.enum(['draft', 'open', 'closed', 'cancelled']);

/** A course's status. */
export type CourseStatus = z.infer<typeof courseStatus>;

/** Credits: 0..30 in quarters, which binary numbers hold exactly: sums of them are exact. */
export const credits = z.number().min(0).max(30).multipleOf(0.25);

/** Whether a student needs a permit. */
export const consent = z.enum(['none', 'instructor']);

/** Seats that are kept for some students, until a time where it has one. */
export const reservation = z.strictObject({
  name: z.string().min(1).max(100),
  seats: z.int().min(1).max(10_000),
  match,
  releasesAt: timestamp.nullable(),
});

/** Seats that are kept for some students. */
export type Reservation = z.infer<typeof reservation>;

/** Sections of which one is taken along. */
export const linkedList = z.strictObject({
  component: z.enum(components),
  courseIds: z.array(z.string().min(1).max(64)).min(1).max(50),
});

/** A course as the courses service owns it: all of it but the counts, which enrollments owns. */
export const courseState = z.strictObject({
  id: z.string(),
  semesterId: chosenId,
  departmentId: chosenId,
  code: courseCode,
  section: z.string().min(1).max(10),
  component: z.enum(components),
  /** For codes under which different things are taught; null where there is one. */
  topic: z.string().min(1).max(100).nullable(),
  title: z.string().min(1).max(200),
  description: z.string().max(12_000),
  credits,
  instructorIds: z.array(z.string().min(1).max(64)).max(20),
  capacity: z.int().min(0).max(10_000),
  waitlistCapacity: z.int().min(0).max(1_000),
  meetings: z.array(meeting).max(30),
  prerequisites: z.array(courseCode).max(20),
  status: courseStatus,
  /** Of a half-term: until when students may enroll; null means the semester's. The same for both deadlines. */
  enrollmentClosesAt: timestamp.nullable(),
  dropDeadlineAt: timestamp.nullable(),
  withdrawDeadlineAt: timestamp.nullable(),
  /** What a student must have done before, beside `prerequisites`: both must hold. */
  requirement: requirement.nullable(),
  /** Who may take the course at all. */
  restriction: match.nullable(),
  consent,
  /** In the order in which a student who matches several takes a seat of them. */
  reservations: z.array(reservation).max(20),
  /** One section of each list is taken with this one. */
  linked: z.array(linkedList).max(5),
  /** The course of the same class under another code; waitlist, meetings, instructors and status are that one's. */
  crossListedOf: z.string().nullable(),
  /** Of variable credits the least, `credits` being the most; null where they are fixed. */
  minCredits: credits.min(0.25).nullable(),
  /** Grows by one with each change of the course; seat counts never raise it. */
  version: z.int().min(1),
  createdAt: timestamp,
  updatedAt: timestamp,
});

/** A course without its counts. */
export type CourseState = z.infer<typeof courseState>;

/** A course as clients see it. */
export const course = courseState.extend({
  enrolledCount: z.int().min(0),
  waitlistedCount: z.int().min(0),
  seatsAvailable: z.int().min(0),
  /** Those of `instructorIds`, in their order; `name` is null while no user of that id is known. */
  instructors: z.array(z.strictObject({ id: z.string(), name: z.string().nullable() })),
});

/** A course with its counts. */
export type Course = z.infer<typeof course>;
