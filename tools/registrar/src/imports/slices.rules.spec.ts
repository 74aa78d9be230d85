import { readCsv } from '@registrar/service/csv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileLine } from './file-lines.ts';
import { lastOfEach, slicesOf, writeSlice } from './slices.rules.ts';

const columns = { names: ['email', 'reason'] } as const;
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r\n', '\r', ' ', '=', "'"),
});
const file = fc.array(fc.tuple(cell, cell), { maxLength: 12 }).map((rows) => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return ['email,reason', ...rows.map((row) => row.map(quoted).join())].join('\n');
});
const linesOf = (text: string) =>
  readCsv(Buffer.from(text), columns).flatMap((row) => ('cells' in row ? [row] : []));
const lineOf = (line: number, key: string): FileLine => ({ line, cells: { email: key } });

describe('a slice', () => {
  it('says the same as the lines of the file, and where each begins there', () => {
    fc.assert(
      fc.property(file, (text) => {
        const lines = linesOf(text);
        fc.pre(lines.length > 0);
        const slice = writeSlice(lines);
        const written = linesOf(slice.text);
        expect(written.map(({ cells }) => cells)).toEqual(lines.map(({ cells }) => cells));
        expect(written.map(({ line }) => slice.lineOf(line))).toEqual(lines.map(({ line }) => line));
      }),
    );
  });

  it('keeps a line of which only cells that nobody reads have content', () => {
    const { text, lineOf: inFile } = writeSlice([{ line: 7, cells: { email: '' } }]);
    expect(readCsv(Buffer.from(text), { names: ['email'] })).toEqual([{ line: 2, cells: { email: '' } }]);
    expect(inFile(2)).toBe(7);
  });
});

const keys = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 40 });
const groupOf = ({ cells }: FileLine) => cells['email'] || undefined;

describe('slices', () => {
  it('are all lines in order, none too long, and part no neighbours that belong together', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), (names, max) => {
        const lines = names.map((name, at) => lineOf(at + 2, name));
        const slices = slicesOf(lines, max, groupOf);
        expect(slices.flat()).toEqual(lines);
        for (const [at, slice] of slices.entries()) {
          expect(slice.length).toBeGreaterThan(0);
          expect(slice.length).toBeLessThanOrEqual(max);
          const [last, next] = [slice.at(-1), slices[at + 1]?.[0]];
          if (!last || !next || groupOf(last) === undefined || groupOf(last) !== groupOf(next)) continue;
          expect(slice.every((line) => groupOf(line) === groupOf(last))).toBe(true);
          expect(slice).toHaveLength(max);
        }
      }),
    );
  });
});

describe('the last of each', () => {
  it('counts, and the earlier ones are known by it', () => {
    fc.assert(
      fc.property(keys, (names) => {
        const lines = names.map((name, at) => lineOf(at + 2, name));
        const { counting, earlierBy } = lastOfEach(lines, groupOf);
        const all = [...counting, ...[...earlierBy.values()].flat()];
        expect(all.sort((a, b) => a.line - b.line)).toEqual(lines);
        for (const line of counting) {
          const later = lines.filter((each) => each.line > line.line).map(groupOf);
          expect(later.filter((key) => key !== undefined && key === groupOf(line))).toEqual([]);
        }
        for (const [last, earlier] of earlierBy)
          for (const line of earlier)
            expect([groupOf(line), line.line < last.line]).toEqual([groupOf(last), true]);
      }),
    );
  });
});
