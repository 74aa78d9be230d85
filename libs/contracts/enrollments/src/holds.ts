import { z } from 'zod';
import { timestamp } from './enrollment.ts';

/** What a hold stops: taking places, or giving them up. */
export const holdBlocks = z.enum(['enroll', 'drop']);

/** A hold on a student as clients see it. */
export const hold = z.strictObject({
  id: z.string(),
  userId: z.string(),
  /** Who can clear it. */
  office: z.string().min(1).max(100),
  reason: z.string().min(1).max(500),
  blocks: z.array(holdBlocks).min(1).max(2),
  placedAt: timestamp,
  placedBy: z.string(),
  releasedAt: timestamp.nullable(),
  releasedBy: z.string().nullable(),
});

/** A hold. */
export type Hold = z.infer<typeof hold>;

/** `POST /api/holds`. */
export const placeHoldRequest = z.strictObject({
  userId: z.string().min(1).max(100),
  office: z.string().trim().min(1).max(100),
  reason: z.string().trim().min(1).max(500),
  blocks: z
    .array(holdBlocks)
    .min(1)
    .max(2)
    .refine((blocks) => new Set(blocks).size === blocks.length, {
      message: 'Name each once.',
      params: { code: 'invalid_value' },
    })
    .default(['enroll']),
});

/** A hold as a registrar places it. */
export type PlaceHoldRequest = z.infer<typeof placeHoldRequest>;

/** Query of the own holds. */
export const ownHoldsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** Query of `GET /api/holds`: of one student, of one office, in force or released. */
export const holdsQuery = ownHoldsQuery.extend({
  userId: z.string().min(1).max(100).optional(),
  office: z.string().min(1).max(100).optional(),
  active: z.enum(['true', 'false']).optional(),
});

/** Filter and page of holds. */
export type HoldsQuery = z.infer<typeof holdsQuery>;

/** A page of holds, newest first. */
export const holdPage = z.strictObject({ items: z.array(hold), nextCursor: z.string().nullable() });

/** `GET /api/semesters/:id/window`: when the caller may enroll, and which holds are in force. */
export const ownWindow = z.strictObject({
  opensAt: timestamp,
  closesAt: timestamp,
  /** The ticket that the opening is by; null where the general one counts. */
  ticket: z.string().nullable(),
  isOpen: z.boolean(),
  holds: z.array(hold),
});

/** The caller's enrollment window. */
export type OwnWindow = z.infer<typeof ownWindow>;
