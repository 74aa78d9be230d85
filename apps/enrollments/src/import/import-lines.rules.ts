import { importColumns, maxImportLines, optionalImportColumns } from '@registrar/contracts-enrollments';
import { z } from 'zod';
import { creditsCell } from '../record-import/cells.ts';
import type { LineFormat } from '../record-import/read-lines.ts';

/** What a line says beside its person. */
interface EnrollmentCells {
  courseId: string;
  credits?: number | undefined;
}

const courseId = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'The course id is not one.');
const credits = z.preprocess((cell) => (cell === '' ? undefined : cell), creditsCell(30).optional());

/** A file of enrollments: a person and a course in each line, and credits where they are variable. */
export const enrollmentLines: LineFormat<
  (typeof importColumns)[number],
  (typeof optionalImportColumns)[number],
  EnrollmentCells
> = {
  columns: importColumns,
  optional: optionalImportColumns,
  fields: z.object({ courseId, credits }),
  maxLines: maxImportLines,
};
