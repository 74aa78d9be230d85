import { z } from 'zod';
import { anId, overridableCode, refusalCodes, timestamp } from './enrollment.ts';

const student = { userId: z.string(), userName: z.string().nullable(), userEmail: z.string().nullable() };

/** A permit: one student may take one course once although these rules say no. */
export const permit = z.strictObject({
  id: z.string(),
  courseId: z.string(),
  ...student,
  allows: z.array(overridableCode).min(1),
  expiresAt: timestamp.nullable(),
  note: z.string(),
  grantedBy: z.string(),
  grantedAt: timestamp,
  usedAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
});

/** A permit. */
export type Permit = z.infer<typeof permit>;

/** What instructors may allow in their own courses. */
export const instructorAllows = [
  'permission_required',
  'restricted',
  'prerequisite_not_met',
  'seat_reserved',
  'seat_unavailable',
  'waitlist_full',
] as const;

/** Any offset comes in; the same moment in UTC with milliseconds goes out. */
const moment = z.iso
  .datetime({ offset: true, message: 'Give a time such as 2027-03-14T01:59:59-05:00.' })
  .refine((at) => !isBeyondYears(at), {
    message: 'Give a time of the years 0000 to 9999, in UTC.',
    params: { code: 'invalid_format' },
  })
  .transform((at) => new Date(at).toISOString());

/** Years of more than four digits have a sign in RFC 3339's place: no reader takes them. */
function isBeyondYears(at: string): boolean {
  const time = new Date(at);
  return !Number.isNaN(time.getTime()) && !/^\d{4}-/.test(time.toISOString());
}

/** `POST /api/courses/:id/permits`: the student by id or by address. */
export const grantPermitRequest = z
  .strictObject({
    userId: anId.optional(),
    email: z.string().trim().min(1).max(320).optional(),
    allows: z
      .array(overridableCode)
      .min(1)
      .max(refusalCodes.length)
      .transform((codes) => [...new Set(codes)]),
    expiresAt: moment.nullable().default(null),
    note: z.string().trim().max(500).default(''),
  })
  .refine(({ userId, email }) => (userId === undefined) !== (email === undefined), {
    path: ['userId'],
    message: 'Name the student by userId or by email.',
    params: { code: 'required' },
  });

/** A permit as it is granted. */
export type GrantPermitRequest = z.infer<typeof grantPermitRequest>;

/** A page of a list, by its cursor. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** A page. */
export type PageQuery = z.infer<typeof pageQuery>;

/** A page of permits, newest first. */
export const permitPage = z.strictObject({ items: z.array(permit), nextCursor: z.string().nullable() });

/** A student's request for a permit. */
export const permitRequest = z.strictObject({
  id: z.string(),
  courseId: z.string(),
  ...student,
  reason: z.string(),
  status: z.enum(['open', 'granted', 'declined']),
  requestedAt: timestamp,
});

/** A request for a permit. */
export type PermitRequest = z.infer<typeof permitRequest>;

/** `POST /api/courses/:id/permit-requests`, and the body with which one is declined. */
export const reasonRequest = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** Why something is asked for, or declined. */
export type ReasonRequest = z.infer<typeof reasonRequest>;

/** A page of requests for permits, newest first. */
export const permitRequestPage = z.strictObject({
  items: z.array(permitRequest),
  nextCursor: z.string().nullable(),
});
