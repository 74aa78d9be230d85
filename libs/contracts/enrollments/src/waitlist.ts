import { z } from 'zod';
import { anId, enrollment, timestamp } from './enrollment.ts';

/** Who waits for a course, and why the last seat passed by. The names are null for an account that is no more. */
const waitlistEntry = z.strictObject({
  position: z.int().min(1),
  enrollment,
  userName: z.string().nullable(),
  userEmail: z.string().nullable(),
  passedOver: z
    .strictObject({
      code: z.string(),
      /** Null for instructors: it may say what is between the student and an office. */
      detail: z.string().nullable(),
      at: timestamp,
    })
    .nullable(),
});

/** A line of a waitlist. */
export type WaitlistEntry = z.infer<typeof waitlistEntry>;

/** A page of a waitlist, in order. */
export const waitlistPage = z.strictObject({
  items: z.array(waitlistEntry),
  nextCursor: z.string().nullable(),
});

/** A page of a waitlist. */
export type WaitlistPage = z.infer<typeof waitlistPage>;

/** Students of one transfer at most, where they are named. */
export const maxTransferred = 200;

/** `POST /api/courses/:id/transfer`: these enrollments, or all enrolled ones, to another section of the same code. */
export const transferRequest = z
  .strictObject({
    toCourseId: anId,
    enrollmentIds: z.array(anId).min(1).max(maxTransferred).optional(),
    all: z.literal(true).optional(),
    dryRun: z.boolean().default(false),
  })
  .refine(({ enrollmentIds, all }) => (enrollmentIds === undefined) !== (all === undefined), {
    path: ['enrollmentIds'],
    message: 'Name enrollments, or all of them.',
    params: { code: 'required' },
  });

/** A transfer. */
export type TransferRequest = z.infer<typeof transferRequest>;

/** What came of a transfer. */
export const transferResult = z.strictObject({
  moved: z.int().min(0),
  refused: z.array(z.strictObject({ enrollmentId: z.string(), code: z.string(), detail: z.string() })),
});

/** What came of a transfer. */
export type TransferResult = z.infer<typeof transferResult>;
