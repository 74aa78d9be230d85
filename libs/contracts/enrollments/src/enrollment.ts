import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 });

/** Where an enrollment stands. The last four have ended; `completed` keeps its seat. */
export const enrollmentStatus = z.enum([
  'enrolled',
  'waitlisted',
  'dropped',
  'withdrawn',
  'cancelled',
  'completed',
]);

/** An enrollment's status. */
export type EnrollmentStatus = z.infer<typeof enrollmentStatus>;

/** An enrollment as clients see it. */
export const enrollment = z.strictObject({
  id: z.string(),
  userId: z.string(),
  courseId: z.string(),
  semesterId: z.string(),
  courseCode: z.string(),
  courseTitle: z.string(),
  credits: z.number(),
  status: enrollmentStatus,
  /** 1 is next; null for anyone who does not wait. */
  waitlistPosition: z.int().min(1).nullable(),
  /** Null until it is completed, or where no grade was given. */
  grade: z.string().nullable(),
  /** The reserved seat that was taken, by the reservation's name; shown to the student and registrars, else null. */
  reservation: z.string().nullable(),
  /** The enrollment that is dropped in the commit that gives this waiting one a seat. */
  dropOnPromotion: z.string().nullable(),
  enrolledAt: timestamp,
  updatedAt: timestamp,
  version: z.int().min(1),
});

/** An enrollment. */
export type Enrollment = z.infer<typeof enrollment>;

/** Why a registration is refused, in the order in which the rules are checked. */
export const refusalCodes = [
  'course_not_open',
  'registration_paused',
  'enrollment_window_closed',
  'hold',
  'already_enrolled',
  'restricted',
  'permission_required',
  'prerequisite_not_met',
  'linked_section_required',
  'time_conflict',
  'credit_limit_exceeded',
  'seat_unavailable',
  'seat_reserved',
  'waitlist_full',
] as const;

/** A reason to refuse. */
export type RefusalCode = (typeof refusalCodes)[number];

/** An id in a request. */
export const anId = z.string().min(1).max(100);
const id = anId;

/** Refusals that may be set aside: by a registrar, or by a permit. */
export const overridableCode = z.enum(refusalCodes).exclude(['already_enrolled']);

/** What a registrar adds to a request: for whom it is, and which refusals are set aside. */
export const onBehalf = {
  userId: id.optional(),
  override: z.array(overridableCode).max(refusalCodes.length).optional(),
};

/** A place to take, as a request names it. */
export const placeRequest = z.strictObject({
  courseId: id,
  joinWaitlist: z.boolean().default(false),
  /** Of a course with variable credits; default its upper value. */
  credits: z.number().min(0).max(30).multipleOf(0.25).optional(),
  /** Where the student waits: the own enrollment that is dropped at the promotion. */
  dropOnPromotion: id.optional(),
});

/** `POST /api/enrollments`; `userId` and `override` are for registrars. */
export const enrollRequest = placeRequest.extend(onBehalf);

/** A request for a seat. */
export type EnrollRequest = z.infer<typeof enrollRequest>;

/** `POST /api/enrollments/swap`. */
export const swapRequest = z.strictObject({ dropEnrollmentId: id, addCourseId: id });

/** A request to give one seat for another. */
export type SwapRequest = z.infer<typeof swapRequest>;

/**
 * `PATCH /api/enrollments/:id`: `completed` with or without a grade, another grade, or `enrolled`, which undoes a
 * completion; or, of an own place, other credits, or another enrollment to drop on promotion.
 */
export const completeRequest = z
  .strictObject({
    status: z.enum(['completed', 'enrolled']).optional(),
    grade: z.string().trim().min(1).max(10).nullable().optional(),
    credits: placeRequest.shape.credits,
    dropOnPromotion: id.nullable().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    path: ['status'],
    message: 'Name a status, a grade, credits or an enrollment to drop on promotion.',
    params: { code: 'required' },
  })
  .refine(
    ({ status, grade, credits, dropOnPromotion }) => {
      const kinds = [status ?? (grade === undefined ? undefined : 'grade'), credits, dropOnPromotion];
      return kinds.filter((kind) => kind !== undefined).length <= 1;
    },
    { path: ['credits'], message: 'Change one thing at a time.', params: { code: 'inconsistent' } },
  )
  .refine(({ status, grade }) => status !== 'enrolled' || grade === undefined, {
    path: ['grade'],
    message: 'A completion that is undone has no grade.',
    params: { code: 'inconsistent' },
  });

/** A change of how an enrollment was completed. */
export type CompleteRequest = z.infer<typeof completeRequest>;

/** Query of `GET /api/enrollments/me`. */
export const ownEnrollmentsQuery = z.strictObject({
  semesterId: z.string().min(1).max(40).optional(),
  status: enrollmentStatus.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** Filter and page of one's own enrollments. */
export type OwnEnrollmentsQuery = z.infer<typeof ownEnrollmentsQuery>;

/** Query of `GET /api/enrollments`: those of one student. */
export const enrollmentsQuery = ownEnrollmentsQuery.extend({ userId: z.string().min(1).max(100) });

/** Filter and page of one student's enrollments. */
export type EnrollmentsQuery = z.infer<typeof enrollmentsQuery>;

/** One line of an enrollment's history. */
export const historyEntry = z.strictObject({
  at: timestamp,
  action: z.string(),
  actorId: z.string(),
  actorRole: z.string(),
  status: enrollmentStatus,
  reason: z.string().nullable(),
  override: z.array(z.string()),
  /** The permit that was used. */
  permitId: z.string().nullable(),
});

/** A change of an enrollment: when, what, who, why. */
export type HistoryEntry = z.infer<typeof historyEntry>;

/** A page of one's own enrollments. */
export const enrollmentPage = z.strictObject({
  items: z.array(enrollment),
  nextCursor: z.string().nullable(),
});

/** Every change of an enrollment, oldest first. */
export const enrollmentHistory = z.strictObject({ items: z.array(historyEntry) });
