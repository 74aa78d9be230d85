import type { ExportedRows } from '@registrar/privacy';
import { stringify } from 'csv-stringify/sync';

/** A file of an export. */
interface ExportFile {
  name: string;
  text: string;
}

/** Everything of a person as files: of each kind one of JSON and one of CSV. */
export function exportFiles(rows: ExportedRows): ExportFile[] {
  return Object.entries(rows).flatMap(([kind, those]) => [
    { name: `${kind}.json`, text: `${JSON.stringify(those, undefined, 2)}\n` },
    { name: `${kind}.csv`, text: csvOf(those) },
  ]);
}

/**
 * UTF-8 with a byte order mark, CRLF, a column for each member that any row has; what is no plain value is JSON. What a
 * spreadsheet would run as a formula is marked as text by an apostrophe.
 */
function csvOf(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify([...rows], {
    bom: true,
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Also where a spreadsheet splits at semicolons: a part of a text never becomes a cell of its own.
    quoted_match: /[;\t]/,
    cast: { boolean: String, object: (value) => JSON.stringify(value) },
  });
}
