import { z } from 'zod';
import { enrollment, enrollmentStatus } from './enrollment.ts';

/** Query of `GET /api/courses/:id/roster`; paging does not apply to the file (`Accept: text/csv`), which is whole. */
export const rosterQuery = z.strictObject({
  status: enrollmentStatus.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** Filter and page of a roster. */
export type RosterQuery = z.infer<typeof rosterQuery>;

/** One line of a roster: the enrollment and who it is. The names are null for an account that is no more. */
const rosterEntry = enrollment.extend({
  userName: z.string().nullable(),
  userEmail: z.string().nullable(),
});

/** A line of a roster. */
export type RosterEntry = z.infer<typeof rosterEntry>;

/** A page of a roster, in order of `enrolledAt`, then of id. */
export const rosterPage = z.strictObject({ items: z.array(rosterEntry), nextCursor: z.string().nullable() });

/** A page of a roster. */
export type RosterPage = z.infer<typeof rosterPage>;
