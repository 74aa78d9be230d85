import { importColumns, maxImportLines } from '@registrar/contracts-enrollments';
import { z } from 'zod';
import type { LineFormat } from '../record-import/read-lines.ts';

/** A file of enrollments: a person and a course in each line. */
export const enrollmentLines: LineFormat<(typeof importColumns)[number], never, { courseId: string }> = {
  columns: importColumns,
  fields: z.object({ courseId: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'The course id is not one.') }),
  maxLines: maxImportLines,
};
