import { maxRecordLines, personColumns } from '@registrar/contracts-enrollments';
import { validationFailed } from '@registrar/service';
import { CsvFault, readCsv } from '@registrar/service/csv';
import type { CsvCells, CsvRow } from '@registrar/service/csv';
import type { z } from 'zod';
import { personOf } from './line-people.ts';
import type { LineRefusal, PersonCells } from './line-people.ts';

type PersonColumn = (typeof personColumns)[number];

/** How the lines of a file are read. */
export interface LineFormat<Column extends string, Optional extends string, Fields> {
  columns: readonly Column[];
  optional?: readonly Optional[];
  /** What the cells besides the person's have to be. */
  fields: z.ZodType<Fields>;
  /** Most lines of a file. */
  maxLines?: number;
}

/** A line that can be read. */
export interface ReadLine<Fields> {
  /** Line of the file on which the row begins, that of the header counted. */
  line: number;
  person: PersonCells;
  fields: Fields;
}

/** What is in a file, both parts in its order. */
interface FileLines<Fields> {
  lines: ReadLine<Fields>[];
  refused: LineRefusal[];
}

/** A roster that was exported has this column. */
const aliases = { userEmail: 'email' } as const;

/**
 * Reads a file whose lines are about people, by the rules of all CSV imports (`readCsv`).
 *
 * @throws Problem 422 for a file that is not UTF-8, for a missing column, and for too many lines; nothing is read then
 */
export function readLines<Column extends string, Optional extends string, Fields>(
  file: Uint8Array,
  { columns, optional = [], fields, maxLines = maxRecordLines }: LineFormat<Column, Optional, Fields>,
): FileLines<Fields> {
  const rows = rowsOf(file, columns, optional);
  if (rows.length > maxLines) throw tooMany(rows.length, maxLines);
  const found: FileLines<Fields> = { lines: [], refused: [] };
  for (const row of rows) {
    const { line } = row;
    const read = 'fault' in row ? { detail: row.fault } : readCells(row.cells, fields);
    if ('detail' in read) found.refused.push({ line, code: 'invalid_line', detail: read.detail });
    else found.lines.push({ line, ...read });
  }
  return found;
}

function rowsOf<Column extends string, Optional extends string>(
  file: Uint8Array,
  names: readonly Column[],
  optional: readonly Optional[],
): CsvRow<Column, Optional | PersonColumn>[] {
  try {
    const all = [...personColumns, ...optional];
    return readCsv<Column, Optional | PersonColumn>(file, {
      names,
      optional: all,
      anyOf: personColumns,
      aliases,
    });
  } catch (error) {
    if (error instanceof CsvFault)
      throw validationFailed([{ path: error.path, code: error.code, message: error.message }]);
    throw error;
  }
}

function readCells<Fields>(
  cells: CsvCells<string, string>,
  fields: z.ZodType<Fields>,
): Omit<ReadLine<Fields>, 'line'> | { detail: string } {
  const person = personOf(cells);
  const parsed = fields.safeParse(cells);
  const faults = [
    ...('detail' in person ? [person.detail] : []),
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)),
  ];
  if ('detail' in person || !parsed.success) return { detail: faults.join(' ') };
  return { person, fields: parsed.data };
}

function tooMany(count: number, max: number) {
  const message = `A file has at most ${max} lines, this one has ${count}. Split it.`;
  return validationFailed([{ path: 'lines', code: 'too_long', message, params: { max, count } }]);
}
