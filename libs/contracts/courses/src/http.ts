import { match, requirement } from '@registrar/eligibility';
import { z } from 'zod';
import {
  chosenId,
  clock,
  components,
  consent,
  course,
  courseCode,
  courseState,
  courseStatus,
  credits,
  days,
  reservation,
} from './course.ts';
import {
  hasCapacity,
  isCreditRange,
  leastAboveMost,
  newCourseDefaults,
  noCapacity,
  refuseFieldsOfClass,
} from './course-request.rules.ts';
import { always, dropAfterWithdraw, isDropByWithdraw, moment } from './moment.ts';
import { semester } from './semester.ts';

/** What a registrar says of a course, each field with its bounds. */
const editable = {
  code: courseState.shape.code,
  section: courseState.shape.section,
  component: courseState.shape.component,
  topic: courseState.shape.topic,
  title: courseState.shape.title,
  description: courseState.shape.description,
  credits: courseState.shape.credits,
  instructorIds: courseState.shape.instructorIds,
  capacity: courseState.shape.capacity,
  waitlistCapacity: courseState.shape.waitlistCapacity,
  meetings: courseState.shape.meetings,
  prerequisites: z.array(courseCode).max(20),
  enrollmentClosesAt: moment.nullable(),
  dropDeadlineAt: moment.nullable(),
  withdrawDeadlineAt: moment.nullable(),
  requirement: requirement.nullable(),
  restriction: match.nullable(),
  consent,
  reservations: z
    .array(reservation.extend({ releasesAt: moment.nullable().default(null) }))
    .max(20)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      message: 'Each reservation has a name of its own.',
      params: { code: 'inconsistent' },
    }),
  linked: courseState.shape.linked,
  minCredits: courseState.shape.minCredits,
};

/**
 * `POST /api/courses`. What is optional has the values of `newCourseDefaults` where it is left out, and of a
 * cross-listed course those of its class; there only `capacity` may be stated.
 */
export const createCourseRequest = z
  .strictObject({
    semesterId: chosenId,
    departmentId: chosenId,
    ...editable,
    section: editable.section.default('1'),
    component: editable.component.default('lecture'),
    topic: editable.topic.default(null),
    description: editable.description.default(''),
    instructorIds: editable.instructorIds.meta({ default: newCourseDefaults.instructorIds }).optional(),
    capacity: editable.capacity.optional(),
    waitlistCapacity: editable.waitlistCapacity
      .meta({ default: newCourseDefaults.waitlistCapacity })
      .optional(),
    meetings: editable.meetings.meta({ default: newCourseDefaults.meetings }).optional(),
    prerequisites: editable.prerequisites.default([]),
    status: courseStatus.exclude(['cancelled']).meta({ default: newCourseDefaults.status }).optional(),
    enrollmentClosesAt: editable.enrollmentClosesAt.default(null),
    dropDeadlineAt: editable.dropDeadlineAt.default(null),
    withdrawDeadlineAt: editable.withdrawDeadlineAt.default(null),
    requirement: editable.requirement.default(null),
    restriction: editable.restriction.default(null),
    consent: editable.consent.default('none'),
    reservations: editable.reservations.meta({ default: newCourseDefaults.reservations }).optional(),
    linked: editable.linked.default([]),
    crossListedOf: z.string().min(1).max(64).nullable().default(null),
    minCredits: editable.minCredits.default(null),
  })
  .refine(isDropByWithdraw, dropAfterWithdraw)
  .refine(isCreditRange, leastAboveMost)
  .refine(hasCapacity, noCapacity)
  .superRefine(refuseFieldsOfClass, { when: always });

/** The body of a request for a new course. */
export type CreateCourseRequest = z.infer<typeof createCourseRequest>;

/** The same before its defaults are filled in, as a client states it. */
export type NewCourse = z.input<typeof createCourseRequest>;

/** `PATCH /api/courses/:id`: any fields of a course but its semester and its department; null clears. */
export const patchCourseRequest = z
  .strictObject({ ...editable, status: courseStatus })
  .partial()
  .refine(isDropByWithdraw, dropAfterWithdraw)
  .refine(isCreditRange, leastAboveMost);

/** A change of a course: only what is named changes. */
export type PatchCourseRequest = z.infer<typeof patchCourseRequest>;

/** How many items a page holds. */
const pageLimit = z.coerce.number().int().min(1).max(100).default(25);

const creditsText = z
  .string()
  .regex(/^\d{1,2}(?:\.\d{1,2})?$/, 'Use a number such as 3 or 1.5.')
  .transform(Number)
  .pipe(credits);

/** Query of `GET /api/courses`. An empty `q` or `instructor` is none. */
export const courseListQuery = z.strictObject({
  semesterId: chosenId.optional(),
  departmentId: chosenId.optional(),
  instructorId: z.string().min(1).max(64).optional(),
  q: z.string().max(200).optional(),
  status: courseStatus.optional(),
  component: z.enum(components).optional(),
  /** First digit of the number in the code: 1 for `CS 101`. */
  level: z.string().regex(/^\d$/, 'Use one digit.').optional(),
  /** Some meeting is on this day. */
  day: z.enum(days).optional(),
  /** All meetings begin then or later; a course without meetings does not match. */
  from: clock.optional(),
  /** All meetings end by then; a course without meetings does not match. */
  to: clock.optional(),
  credits: creditsText.optional(),
  /** Seats are available. */
  available: z.literal('true').optional(),
  /** Part of an instructor's name, in any case, with or without accents. */
  instructor: z.string().max(100).optional(),
  /** `relevance`: by how well `q` fits, one typo in longer words forgiven. */
  sort: z.enum(['code', 'relevance']).default('code'),
  limit: pageLimit,
  cursor: z.string().min(1).max(2_000).optional(),
});

/** Filter and page of the catalogue. */
export type CourseListQuery = z.infer<typeof courseListQuery>;

/** Answer of `GET /api/courses`. */
export const coursePage = z.strictObject({ items: z.array(course), nextCursor: z.string().nullable() });

/** `POST /api/courses/batch-get`. */
export const courseBatchRequest = z.strictObject({ ids: z.array(z.string().min(1).max(64)).min(1).max(100) });

/** Answer of `POST /api/courses/batch-get`: the courses in the order asked for, each once, and ids without one. */
export const courseBatchAnswer = z.strictObject({ items: z.array(course), missing: z.array(z.string()) });

/** Answer of `GET /api/semesters`, the latest first. */
export const semesterList = z.strictObject({ items: z.array(semester) });

/** A department as clients see it. */
export const department = z.strictObject({
  id: chosenId,
  name: z.string().min(1).max(100),
  version: z.int().min(1),
  updatedAt: semester.shape.updatedAt,
});

/** A department. */
export type Department = z.infer<typeof department>;

/** `PUT /api/departments/:id`. */
export const putDepartmentRequest = z.strictObject({ name: department.shape.name });

/** A department as a registrar states it. */
export type PutDepartmentRequest = z.infer<typeof putDepartmentRequest>;

/** Answer of `GET /api/departments`, in order of their ids. */
export const departmentList = z.strictObject({ items: z.array(department) });
