import { importColumns, maxImportLines } from '@registrar/contracts-enrollments';
import { mailAddress } from '@registrar/contracts-gateway';
import { validationFailed } from '@registrar/service';
import { CsvFault, readCsv } from '@registrar/service/csv';
import type { CsvRow } from '@registrar/service/csv';
import { z } from 'zod';

/** A line of the file that can be read. */
export interface WantedLine {
  /** Line of the file on which the row begins, that of the header counted. */
  line: number;
  /** In lower case. */
  email: string;
  courseId: string;
}

/** A line of the file that cannot be read, and why. */
interface InvalidLine {
  line: number;
  detail: string;
}

/** What is in a file, both parts in its order. */
interface ImportLines {
  wanted: WantedLine[];
  invalid: InvalidLine[];
}

type Column = (typeof importColumns)[number];

/** A roster that was exported has these columns too. */
const columns = { names: importColumns, aliases: { userEmail: 'email' } } as const;
const fields = z.object({
  email: mailAddress,
  courseId: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'The course id is not one.'),
});

/**
 * Reads the file of an import, by the rules of all CSV imports (`readCsv`).
 *
 * @throws Problem 422 for a file that is not UTF-8, for a missing column, and for too many lines; nothing is read then
 */
export function readImport(file: Uint8Array): ImportLines {
  const rows = rowsOf(file);
  if (rows.length > maxImportLines) throw tooMany(rows.length);
  const found: ImportLines = { wanted: [], invalid: [] };
  for (const row of rows) {
    const read = 'fault' in row ? { detail: row.fault } : readCells(row.cells);
    if ('detail' in read) found.invalid.push({ line: row.line, detail: read.detail });
    else found.wanted.push({ line: row.line, ...read });
  }
  return found;
}

function rowsOf(file: Uint8Array): CsvRow<Column>[] {
  try {
    return readCsv(file, columns);
  } catch (error) {
    if (error instanceof CsvFault)
      throw validationFailed([{ path: error.path, code: error.code, message: error.message }]);
    throw error;
  }
}

function readCells(cells: Record<Column, string>): Omit<WantedLine, 'line'> | { detail: string } {
  const parsed = fields.safeParse(cells);
  if (!parsed.success) return { detail: parsed.error.issues.map(({ message }) => message).join(' ') };
  const { email, courseId } = parsed.data;
  return { email: email.toLowerCase(), courseId };
}

function tooMany(count: number) {
  const message = `A file has at most ${maxImportLines} lines, this one has ${count}. Split it.`;
  return validationFailed([
    { path: 'lines', code: 'too_long', message, params: { max: maxImportLines, count } },
  ]);
}
