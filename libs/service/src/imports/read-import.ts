import { CsvFault } from '../csv/csv-fault.ts';
import { readCsv } from '../csv/read-csv.ts';
import type { CsvCells, CsvColumns, CsvRow } from '../csv/read-csv.ts';
import { validationFailed } from '../problems/problem.ts';

/** How a file that is imported is read. */
export interface ImportFormat<Column extends string, Optional extends string, Fields> extends CsvColumns<
  Column,
  Optional
> {
  /** Most lines of a file. */
  maxLines: number;
  /** What the cells of a line say; or, in words, every fault of them. */
  read: (cells: CsvCells<Column, Optional>) => { fields: Fields } | { detail: string };
}

/** A line that can be read. */
export interface ImportLine<Fields> {
  /** Line of the file on which the row begins, that of the header counted. */
  line: number;
  fields: Fields;
}

/** A line that cannot be read, and why. */
export interface InvalidLine {
  line: number;
  code: 'invalid_line';
  detail: string;
}

/** What is in a file, both parts in its order. */
export interface ImportLines<Fields> {
  lines: ImportLine<Fields>[];
  refused: InvalidLine[];
}

/**
 * Reads a file that is imported, by the rules of all CSV imports (`readCsv`).
 *
 * @throws Problem 422 for a file that is not UTF-8, for a missing column, and for too many lines; nothing is read then
 */
export function readImport<Column extends string, Optional extends string, Fields>(
  file: Uint8Array,
  format: ImportFormat<Column, Optional, Fields>,
): ImportLines<Fields> {
  const rows = rowsOf(file, format);
  const { maxLines } = format;
  if (rows.length > maxLines) throw tooMany(rows.length, maxLines);
  const found: ImportLines<Fields> = { lines: [], refused: [] };
  for (const row of rows) {
    const { line } = row;
    const read = 'fault' in row ? { detail: row.fault } : format.read(row.cells);
    if ('detail' in read) found.refused.push({ line, code: 'invalid_line', detail: read.detail });
    else found.lines.push({ line, fields: read.fields });
  }
  return found;
}

function rowsOf<Column extends string, Optional extends string>(
  file: Uint8Array,
  columns: CsvColumns<Column, Optional>,
): CsvRow<Column, Optional>[] {
  try {
    return readCsv(file, columns);
  } catch (error) {
    if (error instanceof CsvFault)
      throw validationFailed([{ path: error.path, code: error.code, message: error.message }]);
    throw error;
  }
}

function tooMany(count: number, max: number) {
  const message = `A file has at most ${max} lines, this one has ${count}. Split it.`;
  return validationFailed([{ path: 'lines', code: 'too_long', message, params: { max, count } }]);
}
