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
