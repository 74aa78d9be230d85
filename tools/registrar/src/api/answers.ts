import { z } from 'zod';

/** What the command needs of a session. */
export const session = z.object({ accessToken: z.string() });

/** What the command needs of a course. */
export const course = z.object({
  id: z.string(),
  code: z.string(),
  section: z.string(),
  title: z.string(),
  status: z.string(),
});

/** A course. */
export type Course = z.infer<typeof course>;

/** A page of courses. */
export const coursePage = z.object({ items: z.array(course), nextCursor: z.string().nullable() });

/** What the command needs of a line of a roster. */
export const rosterEntry = z.object({
  id: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  userEmail: z.string().nullable(),
  waitlistPosition: z.number().nullable(),
  enrolledAt: z.string(),
});

/** A line of a roster. */
export type RosterEntry = z.infer<typeof rosterEntry>;

/** A page of a roster. */
export const rosterPage = z.object({ items: z.array(rosterEntry), nextCursor: z.string().nullable() });

/** What an import came to. */
export const importResult = z.object({
  enrolled: z.number(),
  waitlisted: z.number(),
  refused: z.array(z.object({ line: z.number(), code: z.string(), detail: z.string() })),
});

/** What an import came to. */
export type ImportResult = z.infer<typeof importResult>;

/** An error answer, RFC 9457. */
export const problem = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
