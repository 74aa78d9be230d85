import { Readable } from 'node:stream';
import type { RosterEntry } from '@registrar/contracts-enrollments';
import { through } from '@registrar/endpoint';
import { stringify } from 'csv-stringify';

/** Columns of the file, named as the fields of the JSON. */
const columns = [
  'userName',
  'userEmail',
  'status',
  'waitlistPosition',
  'enrolledAt',
  'updatedAt',
  'courseCode',
  'courseTitle',
  'credits',
  'grade',
  'semesterId',
  'userId',
  'courseId',
  'id',
] as const satisfies readonly (keyof RosterEntry)[];

/**
 * The lines of a roster as a CSV file: UTF-8 with a byte order mark (spreadsheets guess another encoding without
 * it), CRLF, and what a spreadsheet would run as a formula marked as text by an apostrophe.
 */
export function rosterFile(entries: AsyncIterable<RosterEntry[]>): Readable {
  const lines = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    // Also where a spreadsheet splits at semicolons: a part of a text never becomes a cell of its own.
    quoted_match: /[;\t]/,
  });
  return through(Readable.from(flat(entries)), lines);
}

async function* flat(entries: AsyncIterable<RosterEntry[]>): AsyncGenerator<RosterEntry> {
  for await (const some of entries) yield* some;
}

/** `attachment` with a name from the course's code and section. */
export function fileName(code: string, section: string): string {
  const name = `roster-${code}-${section}`.replaceAll(/[^A-Za-z0-9.-]+/g, '_');
  return `attachment; filename="${name}.csv"`;
}

/** `entries`, with the first part read already: what fails at once fails before the answer has begun. */
export async function begun<T>(entries: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await entries.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* entries;
  })();
}
