import { maxRecordLines, personColumns } from '@registrar/contracts-enrollments';
import { faultsInWords, readImport } from '@registrar/service';
import type { CsvCells } from '@registrar/service/csv';
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
): { lines: ReadLine<Fields>[]; refused: LineRefusal[] } {
  const { lines, refused } = readImport<Column, Optional | PersonColumn, Omit<ReadLine<Fields>, 'line'>>(
    file,
    {
      names: columns,
      optional: [...personColumns, ...optional],
      anyOf: personColumns,
      aliases,
      maxLines,
      read: (cells) => readCells(cells, fields),
    },
  );
  return { lines: lines.map(({ line, fields: read }) => ({ line, ...read })), refused };
}

function readCells<Fields>(
  cells: CsvCells<string, string>,
  fields: z.ZodType<Fields>,
): { fields: Omit<ReadLine<Fields>, 'line'> } | { detail: string } {
  const person = personOf(cells);
  const parsed = fields.safeParse(cells);
  const faults = [
    ...('detail' in person ? [person.detail] : []),
    ...(parsed.success ? [] : faultsInWords(parsed.error)),
  ];
  if ('detail' in person || !parsed.success) return { detail: faults.join(' ') };
  return { fields: { person, fields: parsed.data } };
}
