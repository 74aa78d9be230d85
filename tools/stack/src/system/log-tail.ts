import { closeSync, openSync, readSync, statSync } from 'node:fs';

const everyMs = 250;
const chunkBytes = 1 << 16;

/** A log line for a person, or undefined when it is nothing to worry about. */
export function worryOf(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  if (!line.startsWith('{')) return line;
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: string;
      msg?: string;
      err?: { message?: string };
    };
    if (level !== 'warn' && level !== 'error' && level !== 'fatal') return undefined;
    const cause = err?.message !== undefined && err.message !== msg ? ` (${err.message})` : '';
    return `${level}: ${msg ?? ''}${cause}`;
  } catch {
    return line;
  }
}

/** Follows a growing log file and hands over each whole new line. */
export class LogTail {
  private readonly file: string;
  private readonly onLine: (line: string) => void;
  private readonly timer: NodeJS.Timeout;
  private position: number;
  private rest = '';

  /** Begins at the end of the file as it is now. */
  constructor(file: string, onLine: (line: string) => void) {
    this.file = file;
    this.onLine = onLine;
    this.position = statSync(file).size;
    this.timer = setInterval(() => this.read(), everyMs).unref();
  }

  /** Hands over what is there now, and follows no longer. */
  stop(): void {
    clearInterval(this.timer);
    this.read();
  }

  private read(): void {
    const file = openSync(this.file, 'r');
    try {
      const chunk = Buffer.alloc(chunkBytes);
      for (let count; (count = readSync(file, chunk, 0, chunkBytes, this.position)) > 0;) {
        this.position += count;
        const lines = (this.rest + chunk.toString('utf8', 0, count)).split('\n');
        this.rest = lines.pop() ?? '';
        lines.forEach(this.onLine);
      }
    } finally {
      closeSync(file);
    }
  }
}
