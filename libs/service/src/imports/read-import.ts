import { setImmediate } from 'node:timers/promises';
import { CsvFault } from '../csv/csv-fault.ts';
import { csvRows } from '../csv/read-csv.ts';
import type { CsvCells, CsvColumns, CsvRow } from '../csv/read-csv.ts';
import { validationFailed } from '../problems/problem.ts';

/** Rows that are read before other work has its turn: a few milliseconds. */
const rowsInTurn = 250;

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
  const found: ImportLines<Fields> = { lines: [], refused: [] };
  let count = 0;
  for (const row of rowsOf(file, format)) {
    count += 1;
    if (count <= format.maxLines) addRow(found, row, format);
  }
  return complete(found, count, format);
}

/** As `readImport`, with other work of the process in between: a file of 20,000 lines takes a moment to read. */
export async function readImportInTurns<Column extends string, Optional extends string, Fields>(
  file: Uint8Array,
  format: ImportFormat<Column, Optional, Fields>,
): Promise<ImportLines<Fields>> {
  const found: ImportLines<Fields> = { lines: [], refused: [] };
  let count = 0;
  for (const row of rowsOf(file, format)) {
    count += 1;
    if (count <= format.maxLines) addRow(found, row, format);
    if (count % rowsInTurn === 0) await setImmediate();
  }
  return complete(found, count, format);
}

function complete<Fields>(
  found: ImportLines<Fields>,
  count: number,
  { maxLines }: { maxLines: number },
): ImportLines<Fields> {
  if (count > maxLines) throw tooMany(count, maxLines);
  return found;
}

function addRow<Column extends string, Optional extends string, Fields>(
  found: ImportLines<Fields>,
  row: CsvRow<Column, Optional>,
  { read }: ImportFormat<Column, Optional, Fields>,
): void {
  const { line } = row;
  const result = 'fault' in row ? { detail: row.fault } : read(row.cells);
  if ('detail' in result) found.refused.push({ line, code: 'invalid_line', detail: result.detail });
  else found.lines.push({ line, fields: result.fields });
}

function* rowsOf<Column extends string, Optional extends string>(
  file: Uint8Array,
  columns: CsvColumns<Column, Optional>,
): Generator<CsvRow<Column, Optional>> {
  try {
    yield* csvRows(file, columns);
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
