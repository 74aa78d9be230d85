import { stringify } from 'csv-stringify/sync';
import { readCsv } from '@registrar/service/csv';
import type { FileLine } from './file-lines.ts';

/** A part of a file as it is sent. */
export interface Slice {
  lines: readonly FileLine[];
  /** As CSV. */
  text: string;
  /** Where a line of the part begins in the whole file. */
  lineOf: (lineOfSlice: number) => number;
}

/** Names each line's place in the whole file; also keeps a line whose other cells are empty from being none. */
const lineColumn = 'line';

/**
 * Cuts lines into slices of at most `max`, in order. Neighbours with the same key stay in one slice, unless they alone
 * are more than `max`.
 *
 * @param groupOf key of a line; lines without one stand alone
 */
export function slicesOf(
  lines: readonly FileLine[],
  max: number,
  groupOf: (line: FileLine) => string | undefined,
): FileLine[][] {
  const slices: FileLine[][] = [];
  let rest = 0;
  while (rest < lines.length) {
    let end = Math.min(rest + max, lines.length);
    const isJoined = (at: number) => {
      const [before, after] = [lines[at - 1], lines[at]];
      const group = before && groupOf(before);
      return after !== undefined && group !== undefined && groupOf(after) === group;
    };
    let cut = end;
    while (cut > rest && isJoined(cut)) cut -= 1;
    if (cut > rest) end = cut;
    slices.push(lines.slice(rest, end));
    rest = end;
  }
  return slices;
}

/** Writes lines as a file of their own, with the columns that the whole file has. */
export function writeSlice(lines: readonly FileLine[]): Slice {
  const columns = Object.keys(lines[0]?.cells ?? {});
  const rows = lines.map(({ line, cells }) => [...columns.map((column) => cells[column] ?? ''), line]);
  // All quoted: no cell is read otherwise than it was, whatever is in it.
  const text = stringify([[...columns, lineColumn], ...rows], {
    quoted: true,
    cast: { number: String },
    record_delimiter: '\n',
  });
  // Cells may hold line breaks: the lines are counted by who counts them at the server.
  const written = readCsv(Buffer.from(text), { names: [lineColumn] });
  const places = new Map(written.map(({ line }, at) => [line, lines[at]?.line ?? line]));
  return { lines, text, lineOf: (line) => places.get(line) ?? line };
}

/**
 * Of lines about the same thing the last; the earlier ones by it, in order.
 *
 * @param keyOf what a line is about; undefined where that cannot be said
 */
export function lastOfEach(
  lines: readonly FileLine[],
  keyOf: (line: FileLine) => string | undefined,
): { counting: FileLine[]; earlierBy: Map<FileLine, FileLine[]> } {
  const groups = Map.groupBy(lines, (line) => keyOf(line) ?? line);
  const earlierBy = new Map<FileLine, FileLine[]>();
  const counting = new Set<FileLine>();
  for (const group of groups.values()) {
    const last = group.at(-1);
    if (!last) continue;
    counting.add(last);
    if (group.length > 1) earlierBy.set(last, group.slice(0, -1));
  }
  return { counting: lines.filter((line) => counting.has(line)), earlierBy };
}

/** The person that a line names, by the email if there is one; undefined where it names nobody. */
export function personOf({ cells }: FileLine): string | undefined {
  const { email, externalId } = cells;
  if (email) return `email ${email.toLowerCase()}`;
  return externalId ? `externalId ${externalId}` : undefined;
}
