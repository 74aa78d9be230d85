import { courseCode, studentTag } from '@registrar/eligibility';
import { z } from 'zod';
import { timestamp } from './enrollment.ts';

const tags = z.array(studentTag).max(50);
const creditLimit = z.number().min(0).max(60).nullable();

/** A student's record as the student and registrars see it. */
export const student = z.strictObject({
  userId: z.string(),
  externalId: z.string().nullable(),
  name: z.string(),
  email: z.string(),
  programs: z.array(z.string()),
  level: z.string().nullable(),
  groups: z.array(z.string()),
  /** Of completed courses, each code once. */
  earnedCredits: z.number().min(0),
  /** Null where the semester's counts. */
  creditLimit,
  version: z.int().min(1),
  /** Null while nothing was written. */
  updatedAt: timestamp.nullable(),
});

/** A student's record. */
export type Student = z.infer<typeof student>;

/** `PATCH /api/students/:userId`: only what is named changes. */
export const patchStudentRequest = z
  .strictObject({ programs: tags, level: studentTag.nullable(), groups: tags, creditLimit })
  .partial();

/** A change of a student's record. */
export type PatchStudentRequest = z.infer<typeof patchStudentRequest>;

/** How a completion came to be: an enrollment was completed, a registrar noted it, or it was imported. */
export const completionSource = z.enum(['enrollment', 'registrar', 'import']);

/** A completed course as clients see it. */
export const completion = z.strictObject({
  id: z.string(),
  code: z.string(),
  credits: z.number(),
  grade: z.string().nullable(),
  completedOn: z.iso.date(),
  source: completionSource,
  enrollmentId: z.string().nullable(),
});

/** A completed course. */
export type Completion = z.infer<typeof completion>;

/** Query of a page of completions. */
export const completionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** A page of completions, newest first. */
export const completionPage = z.strictObject({
  items: z.array(completion),
  nextCursor: z.string().nullable(),
});

/** Result of a course: a grade of the campus, `P`, or a mark from 0 to 100. */
export const grade = z.string().trim().min(1).max(10);

/** `POST /api/students/:userId/completions`. */
export const newCompletionRequest = z.strictObject({
  code: courseCode,
  credits: z.number().min(0).max(30).multipleOf(0.25),
  grade: grade.nullable().default(null),
  completedOn: z.iso.date(),
});

/** A completion as a registrar notes it. */
export type NewCompletionRequest = z.infer<typeof newCompletionRequest>;

/** `POST /api/courses/:id/grades`. */
export const gradesRequest = z.strictObject({
  items: z
    .array(z.strictObject({ enrollmentId: z.string().min(1).max(200), grade }))
    .min(1)
    .max(500),
});

/** Grades of many students of one course. */
export type GradesRequest = z.infer<typeof gradesRequest>;

/** What became of them. */
export const gradesResult = z.strictObject({
  completed: z.int().min(0),
  refused: z.array(z.strictObject({ enrollmentId: z.string(), code: z.string(), detail: z.string() })),
});

/** What became of grades. */
export type GradesResult = z.infer<typeof gradesResult>;
