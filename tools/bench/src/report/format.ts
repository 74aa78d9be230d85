/** Infinity in JSON, which has none: a quantile beyond the last bucket of its histogram. */
export const beyond = 1e300;

/** A figure with three significant digits: `0.62`, `12.3`, `1,240`. */
export function figure(value: number): string {
  if (value >= beyond) return 'beyond the last bucket';
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  return Number(value.toFixed(digits)).toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** Milliseconds, or seconds from 2 of them on. */
export function duration(ms: number): string {
  if (ms >= beyond) return figure(ms);
  return ms >= 2_000 ? `${figure(ms / 1_000)} s` : `${figure(ms)} ms`;
}

/** A share as percent, exact enough that 99.95 % does not become 100 %. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value > 99 && value < 100 ? 3 : value >= 10 || value === 0 ? 1 : 2;
  return `${Number(value.toFixed(digits))} %`;
}

/** A count, `1,240`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Dollars. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

/** Kilobytes, megabytes. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  if (bytes < 1_000_000) return `${figure(bytes / 1_000)} KB`;
  return `${figure(bytes / 1_000_000)} MB`;
}

/** A table in Markdown; numbers of columns must agree. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table in Markdown with a row for each item; a column has its head and the cell of an item. */
export function tableOf<Item>(
  items: readonly Item[],
  columns: Readonly<Record<string, (item: Item) => string>>,
): string {
  const cells = Object.values(columns);
  return table(
    Object.keys(columns),
    items.map((item) => cells.map((cell) => cell(item))),
  );
}
