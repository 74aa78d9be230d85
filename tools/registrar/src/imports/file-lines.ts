import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { personColumns } from '@registrar/contracts-enrollments';
import { CsvFault, readCsv } from '@registrar/service/csv';
import { UsageFault } from '../faults.ts';

/** Which columns a file has, besides those that name a person, and which it may have. */
export interface FileColumns {
  names: readonly string[];
  optional: readonly string[];
  /** Columns of which it has one at least; those that name a person, if left out. */
  anyOf?: readonly string[];
}

/** A line of a file. */
export interface FileLine {
  /** Where it begins in the file, the first line being 1. */
  line: number;
  /** Trimmed, by column; a column that the file does not have has none. */
  cells: Readonly<Record<string, string | undefined>>;
}

/** A line that changes nothing, and why. */
export interface LineRefusal {
  line: number;
  code: string;
  detail: string;
}

/** What is in a file, both parts in its order. */
export interface FileLines {
  lines: FileLine[];
  unreadable: LineRefusal[];
  /** Hexadecimal SHA-256 of its bytes. */
  hash: string;
}

/** A roster that was exported has this column. */
const aliases = { userEmail: 'email' } as const;

/** The bytes of a file. @throws UsageFault where it cannot be read */
export async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageFault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}

/** Reads a file whose lines are about people as the server reads it. @throws UsageFault as `rowsOf` */
export async function readFileLines(file: string, columns: FileColumns): Promise<FileLines> {
  const content = await contentOf(file);
  const found: FileLines = {
    lines: [],
    unreadable: [],
    hash: createHash('sha256').update(content).digest('hex'),
  };
  for (const row of rowsOf(file, content, columns, columns.anyOf ?? personColumns)) {
    if ('cells' in row) found.lines.push(row);
    else found.unreadable.push({ line: row.line, code: 'invalid_line', detail: row.fault });
  }
  return found;
}

/**
 * The rows of a CSV file, by the rules of all imports.
 *
 * @param file its name, for messages
 * @param anyOf columns of which it has at least one
 * @throws UsageFault for a file that is not UTF-8, or lacks a column
 */
export function rowsOf(
  file: string,
  content: Uint8Array,
  { names, optional }: FileColumns,
  anyOf: readonly string[] = [],
): (FileLine | { line: number; fault: string })[] {
  try {
    return readCsv(content, { names, optional: [...anyOf, ...optional], anyOf, aliases });
  } catch (error) {
    if (error instanceof CsvFault) throw new UsageFault(`${file} cannot be imported. ${error.message}`);
    throw error;
  }
}
