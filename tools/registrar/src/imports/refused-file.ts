import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { UsageFault } from '../faults.ts';
import type { FileLine, LineRefusal } from './file-lines.ts';

/**
 * Writes refused lines as a CSV file: where and why, then their cells, so that a mended file can be imported as it is.
 *
 * @throws UsageFault where the file cannot be written
 */
export async function writeRefused(
  file: string,
  refused: readonly LineRefusal[],
  lines: readonly FileLine[],
): Promise<void> {
  const columns = Object.keys(lines[0]?.cells ?? {});
  const cellsAt = new Map(lines.map(({ line, cells }) => [line, cells]));
  const rows = refused.map(({ line, code, detail }) => [
    String(line),
    code,
    detail,
    ...columns.map((column) => cellsAt.get(line)?.[column] ?? ''),
  ]);
  const text = stringify([['line', 'code', 'detail', ...columns], ...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Also where a spreadsheet splits at semicolons: a part of a text never becomes a cell of its own.
    quoted_match: /[;\t]/,
  });
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageFault(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}
