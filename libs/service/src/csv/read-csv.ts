import { CsvFault } from './csv-fault.ts';
import { splitRows } from './split-rows.ts';
import type { RawRow } from './split-rows.ts';

/** Which columns a file has, and what else they may be called. */
export interface CsvColumns<Column extends string, Optional extends string> {
  /** Those that it must have. */
  names: readonly Column[];
  /** Those that it may have. */
  optional?: readonly Optional[];
  /** Of the optional ones, those of which it must have one at least. */
  anyOf?: readonly Optional[];
  /** Another name, such as that of an own export, for one of them. */
  aliases?: Readonly<Record<string, Column | Optional>>;
}

/** Cells by column, trimmed; an optional column that the file does not have has none. */
export type CsvCells<Column extends string, Optional extends string = never> = Record<Column, string> &
  Partial<Record<Optional, string>>;

/** A row with content: its cells; or why it cannot be read. `line` is where it begins. */
export type CsvRow<Column extends string, Optional extends string = never> =
  { line: number; cells: CsvCells<Column, Optional> } | { line: number; fault: string };

const separators = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' } as const;
type Separator = keyof typeof separators;

/** White space that `trim` leaves. */
const nextLine = '\x85';
/** An apostrophe with which an export keeps spreadsheets from running what follows. */
const formulaMark = /^'(?=[=+\-@＝＋－＠])/;
const longestShown = 100;

/**
 * Reads a CSV file as universities send them: UTF-8 with or without byte order mark; comma, semicolon or tab, told
 * from the header line; columns by name in any order and case, others ignored; cells trimmed of Unicode white space.
 * Rows without any content are left out.
 *
 * Guarantee: every row with content is in the result, in the order of the file, read or with its fault.
 *
 * @throws CsvFault where the file is not UTF-8, or a column is missing or there twice; nothing is read then
 */
export function readCsv<Column extends string, Optional extends string = never>(
  file: Uint8Array,
  asked: CsvColumns<Column, Optional>,
): CsvRow<Column, Optional>[] {
  return [...csvRows(file, asked)];
}

/** The rows of `readCsv` one by one, for who has other work to do in between. @throws CsvFault at the first one */
export function* csvRows<Column extends string, Optional extends string = never>(
  file: Uint8Array,
  asked: CsvColumns<Column, Optional>,
): Generator<CsvRow<Column, Optional>> {
  const text = decoded(file);
  const columns: AllColumns = {
    needed: asked.names,
    all: [...asked.names, ...(asked.optional ?? [])],
    anyOf: asked.anyOf ?? [],
    aliases: asked.aliases ?? {},
  };
  const separator = separatorOf(text, columns);
  const rows = rowsWithContent(text, separator);
  const header = rows.next().value;
  const places = placesOf(header && 'cells' in header ? header.cells : [], separator, columns);
  const width = header && 'cells' in header ? header.cells.length : 0;
  for (const row of rows) {
    if ('fault' in row) yield row;
    else yield rowOf(row.line, row.cells, places, width) as CsvRow<Column, Optional>;
  }
}

/** The columns, whatever their names. */
interface AllColumns {
  needed: readonly string[];
  all: readonly string[];
  anyOf: readonly string[];
  aliases: Readonly<Record<string, string>>;
}

function decoded(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    throw new CsvFault('file', 'invalid_format', 'The file is not UTF-8. Save it as "CSV UTF-8".');
  }
}

/** The separator under which the header names most of the columns, then the one that it has most of. */
function separatorOf(text: string, columns: AllColumns): Separator {
  const candidates = (Object.keys(separators) as Separator[]).map((separator) => {
    const cells = headerOf(text, separator);
    const known = cells.filter((cell) => columnOf(cell, columns) !== undefined).length;
    return { separator, known, count: cells.length };
  });
  candidates.sort((a, b) => b.known - a.known || b.count - a.count);
  return candidates[0]?.separator ?? ',';
}

/** The first lines are enough: what is before the header has no content. */
function headerOf(text: string, separator: Separator): string[] {
  const start = text.search(/[^\s\x85,;"]/);
  const begin = start < 0 ? 0 : Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1;
  const header = splitRows(text.slice(begin, begin + 10_000), separator).next().value;
  return header && 'cells' in header ? header.cells : [];
}

function columnOf(cell: string, { all, aliases }: AllColumns): string | undefined {
  const name = trimmed(cell).toLowerCase();
  const alias = Object.entries(aliases).find(([other]) => other.toLowerCase() === name)?.[1];
  return all.find((each) => each.toLowerCase() === name) ?? alias;
}

/** At which place each column is; its own name goes before an alias. */
function placesOf(header: readonly string[], separator: Separator, columns: AllColumns): Map<string, number> {
  const places = new Map<string, number>();
  for (const name of columns.all) {
    const found = header.flatMap((cell, at) => (columnOf(cell, columns) === name ? [at] : []));
    const own = found.filter((at) => trimmed(header[at] ?? '').toLowerCase() === name.toLowerCase());
    const [at, ...more] = own.length > 0 ? own : found;
    const assumed = `The separator was taken to be ${separators[separator]}.`;
    if (at === undefined && columns.needed.includes(name))
      throw new CsvFault('header', 'required', `${missing(name, header, separator)} ${assumed}`);
    if (at === undefined) continue;
    if (more.length > 0)
      throw new CsvFault('header', 'invalid_value', `The column ${name} is there more than once. ${assumed}`);
    places.set(name, at);
  }
  if (columns.anyOf.length > 0 && !columns.anyOf.some((name) => places.has(name))) {
    const assumed = `The separator was taken to be ${separators[separator]}.`;
    const names = columns.anyOf.join(' or ');
    throw new CsvFault('header', 'required', `${missing(names, header, separator)} ${assumed}`);
  }
  return places;
}

function missing(name: string, header: readonly string[], separator: Separator): string {
  const shown = header.join(separator).slice(0, longestShown);
  const what =
    shown === '' ? 'the first line is empty or cannot be read' : `the first line is ${JSON.stringify(shown)}`;
  return `The column ${name} is missing: ${what}.`;
}

function rowOf(
  line: number,
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
  width: number,
): CsvRow<string> {
  const last = Math.max(...places.values());
  if (cells.length <= last || cells.slice(width).some((cell) => trimmed(cell) !== '')) {
    const count = cells.length === 1 ? '1 column' : `${cells.length} columns`;
    return { line, fault: `This line has ${count}, not ${width} as the first one.` };
  }
  const named = [...places].map(([name, at]) => [name, trimmed(cells[at] ?? '').replace(formulaMark, '')]);
  return { line, cells: Object.fromEntries(named) as Record<string, string> };
}

function* rowsWithContent(text: string, separator: string): Generator<RawRow, undefined> {
  for (const row of splitRows(text, separator)) if (hasContent(row)) yield row;
  return undefined;
}

function hasContent(row: RawRow): boolean {
  return 'fault' in row || row.cells.some((cell) => trimmed(cell) !== '');
}

/**
 * Without white space at either end, as Unicode has it. By index, for an expression looks at a run of inner space
 * again from each of its characters.
 */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return character === nextLine || character.trim() === '';
}
