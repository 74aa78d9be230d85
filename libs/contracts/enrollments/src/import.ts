import { z } from 'zod';
import { refusalCodes } from './enrollment.ts';

/** The columns of an import of enrollments; the first line of the file names them, in any order and case, beside any others. */
export const importColumns = ['courseId'] as const;

/** Columns that a file of enrollments may have: `credits` of a course with variable ones, empty for its upper value. */
export const optionalImportColumns = ['credits'] as const;

/** Columns that name the person of a line: at least one of them is needed. */
export const personColumns = ['email', 'externalId'] as const;

/** Most lines of an import, the header and lines without content apart. */
export const maxImportLines = 5_000;

/**
 * Why a line of an import is refused: it cannot be read or stored, the person or the course is unknown, or a rule says no to
 * it, or to a linked section of the same student (`linked_section_required`).
 */
export const importRefusalCodes = [
  'invalid_line',
  'user_not_found',
  'course_not_found',
  'change_refused',
  ...refusalCodes,
] as const;

/** A reason to refuse a line. */
export type ImportRefusalCode = (typeof importRefusalCodes)[number];

/** Query of `POST /api/enrollments/import`. */
export const importQuery = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});

/** A refused line; `line` is the line of the file on which it begins, the first being 1. */
const importRefusal = z.strictObject({
  line: z.int().min(2),
  code: z.enum(importRefusalCodes),
  detail: z.string(),
  /** The values that the detail says, as `refusalParams` has them by code. */
  params: z.record(z.string(), z.unknown()).optional(),
});

/** A refused line of an import. */
export type ImportRefusal = z.infer<typeof importRefusal>;

/** Answer of an import: rows changed now, and every line that changed nothing, in order. */
export const importResult = z.strictObject({
  enrolled: z.int().min(0),
  waitlisted: z.int().min(0),
  refused: z.array(importRefusal),
});

/** What an import came to. */
export type ImportResult = z.infer<typeof importResult>;

/** Most lines of an import of students, completions or holds, the header and lines without content apart. */
export const maxRecordLines = 20_000;

/** Why a line about a student is refused; a `duplicate_line` is followed by one about the same thing, which counts. */
export const recordRefusalCodes = [
  'invalid_line',
  'user_not_found',
  'duplicate_line',
  'completion_of_enrollment',
  'change_refused',
] as const;

/** A reason to refuse a line about a student. */
export type RecordRefusalCode = (typeof recordRefusalCodes)[number];

/** Answer of an import of students, completions or holds. */
export const recordImportResult = z.strictObject({
  /** Lines that changed something now. */
  changed: z.int().min(0),
  /** Lines that said what is so already. */
  unchanged: z.int().min(0),
  refused: z.array(
    z.strictObject({ line: z.int().min(2), code: z.enum(recordRefusalCodes), detail: z.string() }),
  ),
});

/** What an import of students, completions or holds came to. */
export type RecordImportResult = z.infer<typeof recordImportResult>;
