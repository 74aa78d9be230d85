/** Where the command writes: results to `out`, progress and faults to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether people watch `err`: progress then stays on one line. */
  readonly isWatched: boolean;
}

/** How often progress is told where nobody watches, ms. */
const reportEveryMs = 2_000;

/** Tells how far a long piece of work is. */
export class Progress {
  private readonly terminal: Terminal;
  private readonly total: number;
  private readonly what: string;
  private done = 0;
  private reportedAt = Date.now();

  constructor(terminal: Terminal, what: string, total: number) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  /** One more is done. */
  step(name: string): void {
    this.done += 1;
    const isLast = this.done === this.total;
    const line = `${this.what} ${this.done}/${this.total}`;
    if (this.terminal.isWatched)
      this.terminal.err(`\r\u001B[K${line} ${printable(name)}${isLast ? '\n' : ''}`);
    else if (isLast || Date.now() - this.reportedAt >= reportEveryMs) {
      this.reportedAt = Date.now();
      this.terminal.err(`${line}\n`);
    }
  }
}

/** Tells how many lines of a file are done, what share that is, and how many of them were refused. */
export class LinesProgress {
  private readonly terminal: Terminal;
  private readonly total: number;
  private readonly what: string;
  private done = 0;

  constructor(terminal: Terminal, what: string, total: number) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  /** @param count lines that are done now @param refused of all that are done */
  advance(count: number, refused: number): void {
    if (count === 0) return;
    this.done += count;
    const share = Math.floor((this.done * 100) / this.total);
    const line = `${this.what} ${this.done}/${this.total} (${share}%), ${refused} refused`;
    const end = this.done === this.total ? '\n' : '';
    this.terminal.err(this.terminal.isWatched ? `\r\u001B[K${line}${end}` : `${line}\n`);
  }

  /** The work ends before it is done. */
  breakOff(): void {
    const begin = this.terminal.isWatched ? '\n' : '';
    const words = `Broken off at ${this.done} of ${this.total} lines. The same command continues from there.`;
    this.terminal.err(`${begin}${words}\n`);
  }
}

/** Text of others as it may be shown on a terminal: without control characters. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

/** Rows as columns of equal width. */
export function table(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = (shown[0] ?? []).map((_, at) => Math.max(...shown.map((row) => (row[at] ?? '').length)));
  return shown
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
