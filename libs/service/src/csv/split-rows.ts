/** A row of a file as it stands there: its cells, or why it cannot be read. */
export type RawRow = { line: number; cells: string[] } | { line: number; fault: string };

const unmatched = 'The quotes on this line do not match.';
const space = /[^\S\r\n\t]/;

/**
 * Splits `text` into rows of cells one by one, as RFC 4180 has it: a quoted cell may hold separators, doubled quotes and line
 * breaks. CR LF, LF and CR end a line; space around a cell's quotes is taken.
 *
 * Guarantee: every row has the line on which it begins, the first being 1. A row whose quotes do not match is a fault
 * of that line alone: reading continues at the next line, so a stray quote never swallows the rest of a file. This is
 * why no library reads here: those that were looked at stop at such a quote, or skip to the end.
 */
export function* splitRows(text: string, separator: string): Generator<RawRow, undefined> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = rowAt(text, at, separator);
    yield row.cells ? { line, cells: row.cells } : { line, fault: unmatched };
    const end = row.cells ? row.end : endOfLine(text, at);
    line += lineBreaks(text, at, end);
    at = end;
  }
  return undefined;
}

/** Where the next row begins, and the cells before it; none where its quotes do not match. */
function rowAt(text: string, start: number, separator: string): { cells?: string[]; end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = cellAt(text, at, separator);
    if (!cell) return { end: at };
    cells.push(cell.text);
    at = cell.end;
    if (text[at] !== separator) return { cells, end: afterBreak(text, at) };
    at += 1;
  }
}

/** The cell that begins at `start`; it ends at a separator, a line break or the end of the text. */
function cellAt(text: string, start: number, separator: string): { text: string; end: number } | undefined {
  let at = start;
  while (text[at] !== separator && space.test(text[at] ?? '')) at += 1;
  if (text[at] === '"') return quotedAt(text, at, separator);
  while (at < text.length && text[at] !== separator && !isBreak(text[at])) at += 1;
  const found = text.slice(start, at);
  return found.includes('"') ? undefined : { text: found, end: at };
}

function quotedAt(text: string, quote: number, separator: string): { text: string; end: number } | undefined {
  let close = text.indexOf('"', quote + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return undefined;
  let at = close + 1;
  while (text[at] !== separator && space.test(text[at] ?? '')) at += 1;
  if (at < text.length && text[at] !== separator && !isBreak(text[at])) return undefined;
  return { text: text.slice(quote + 1, close).replaceAll('""', '"'), end: at };
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length);
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isBreak(text[at])) at += 1;
  return afterBreak(text, at);
}

function lineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1)
    if (text[at] === '\n' ? text[at - 1] !== '\r' || at === start : text[at] === '\r') count += 1;
  return count;
}
