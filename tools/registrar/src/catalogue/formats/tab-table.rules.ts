import type { SourceFile } from '../catalogue-format.ts';

/** A row of a table: its cells by column, and where it is. */
export interface TableRow {
  readonly where: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** The columns of a table that are between tabs in its first line. */
export function columnsOf({ text }: SourceFile): string[] {
  return (text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').split('\t');
}

/**
 * Rows of a table with tabs and without quotes: a quote is a character as any other. Rows with more or fewer cells
 * than columns have none.
 */
export function tableRows(file: SourceFile): { rows: TableRow[]; broken: string[] } {
  const columns = columnsOf(file);
  const rows: TableRow[] = [];
  const broken: string[] = [];
  const lines = file.text.split(/\r?\n/).slice(1);
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const where = `${file.name} line ${at + 2}`;
    const cells = line.split('\t');
    if (cells.length === columns.length)
      rows.push({
        where,
        cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
      });
    else broken.push(where);
  }
  return { rows, broken };
}
