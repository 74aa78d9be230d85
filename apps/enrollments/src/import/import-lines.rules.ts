import { importColumns, maxImportLines } from '@registrar/contracts-enrollments';
import { validationFailed } from '@registrar/service';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A line of the file that can be read. */
export interface WantedLine {
  /** Line of the file, the header being 1. */
  line: number;
  /** In lower case. */
  email: string;
  courseId: string;
}

/** A line of the file that cannot be read, and why. */
export interface InvalidLine {
  line: number;
  detail: string;
}

/** What is in a file, both parts in its order. */
export interface ImportLines {
  wanted: WantedLine[];
  invalid: InvalidLine[];
}

const header = importColumns.join(',');
const fields = z.tuple([
  z.email('The mail address is not one.').max(254, 'The mail address is not one.'),
  z.string().regex(/^[\x21-\x7e]{1,100}$/, 'The course id is not one.'),
]);

/**
 * Reads the file of an import.
 *
 * Neither column can hold a line break, so each line of the file is a record, and a stray quote spoils its own line
 * and not the rest of the file. A byte order mark, any line ends, quotes and empty lines are taken.
 *
 * @throws Problem 422 for a first line that is not the header, and for too many lines; nothing is read then
 */
export function readImport(file: Uint8Array): ImportLines {
  const text = new TextDecoder('utf-8').decode(file);
  const lines = text.split(/\r\n|\n|\r/);
  refuseHeader(lines[0] ?? '');
  const filled = lines.flatMap((line, at) =>
    at > 0 && line.trim() !== '' ? [{ line: at + 1, text: line }] : [],
  );
  if (filled.length > maxImportLines) throw tooMany(filled.length);
  const found: ImportLines = { wanted: [], invalid: [] };
  for (const { line, text: content } of filled) {
    const read = readLine(content);
    if ('detail' in read) found.invalid.push({ line, detail: read.detail });
    else found.wanted.push({ line, ...read });
  }
  return found;
}

function readLine(text: string): Omit<WantedLine, 'line'> | { detail: string } {
  const cells = cellsOf(text);
  if (!cells) return { detail: 'The quotes on this line do not match.' };
  if (cells.length !== importColumns.length)
    return {
      detail: `This line has ${cells.length === 1 ? '1 column' : `${cells.length} columns`}, not ${header}.`,
    };
  const parsed = fields.safeParse(cells);
  if (!parsed.success) return { detail: parsed.error.issues.map(({ message }) => message).join(' ') };
  const [email, courseId] = parsed.data;
  return { email: email.toLowerCase(), courseId };
}

/** Two cells without space, quotes or commas in them, each quoted or not. */
const plainLine = /^(?:"([^\s",]*)"|([^\s",]*)),(?:"([^\s",]*)"|([^\s",]*))$/;

/** The cells of a line without the space around them; undefined where its quotes do not match. */
function cellsOf(text: string): string[] | undefined {
  // Most lines are plain, or quoted for nothing: a parser for each would cost more than the line.
  const plain = plainLine.exec(text);
  if (plain) return [plain[1] ?? plain[2] ?? '', plain[3] ?? plain[4] ?? ''];
  try {
    const [cells = []] = parse(text, { trim: true, relax_column_count: true, record_delimiter: '\n' });
    return cells;
  } catch {
    return undefined;
  }
}

function refuseHeader(first: string): void {
  const cells = cellsOf(first);
  if (cells?.join() === header && cells.length === importColumns.length) return;
  const shown = first.slice(0, 100);
  const message = `The first line must be "${header}"${shown === '' ? '; it is empty.' : `, not ${JSON.stringify(shown)}.`}`;
  throw validationFailed([{ path: 'header', message }]);
}

function tooMany(count: number) {
  const message = `A file has at most ${maxImportLines} lines, this one has ${count}. Split it.`;
  return validationFailed([{ path: 'lines', message }]);
}
