import { createHash } from 'node:crypto';

/** What the first line's hash begins with. */
export const chainStart = '0'.repeat(64);

/** The last line of an export says how many came before it: a file that was cut off has none. */
export interface ChainEnd {
  end: { records: number };
}

/** A line as it is written, and its hash. */
interface Chained {
  line: string;
  hash: string;
}

/** What a file came to. */
export type ChainVerdict =
  { isWhole: true; records: number; hash: string } | { isWhole: false; line: number; fault: string };

const linePattern = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/;

/**
 * An object as a line of the chain: its JSON with `hash` as the last member, the SHA-256 of the hash of the line before
 * and of this line without its own. Pure.
 */
export function chainLine(before: string, value: object): Chained {
  const text = JSON.stringify(value);
  const hash = hashOf(before, text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/** Checks a chain, line by line. */
export class ChainCheck {
  private before = chainStart;
  private lines = 0;
  private records: number | undefined;
  private fault: { line: number; fault: string } | undefined;

  /** Takes the next line. Once one is wrong, the others do not matter. */
  addLine(line: string): void {
    this.lines += 1;
    if (this.fault) return;
    if (this.records !== undefined) return this.fail('stands after the last line of the export.');
    const [, begin, hash] = linePattern.exec(line) ?? [];
    if (begin === undefined || hash === undefined) return this.fail('is no line of an export.');
    const text = `${begin}}`;
    if (hashOf(this.before, text) !== hash)
      return this.fail('is not what was exported, or a line before it is missing.');
    this.before = hash;
    const { end } = JSON.parse(text) as Partial<ChainEnd>;
    if (end) this.records = end.records;
  }

  /** What the lines come to, if these were all. */
  verdict(): ChainVerdict {
    if (this.fault) return { isWhole: false, ...this.fault };
    if (this.records === undefined)
      return { isWhole: false, line: this.lines + 1, fault: 'is missing: the end of the export is cut off.' };
    return { isWhole: true, records: this.records, hash: this.before };
  }

  private fail(fault: string): void {
    this.fault = { line: this.lines, fault };
  }
}

function hashOf(before: string, text: string): string {
  return createHash('sha256').update(before).update(text).digest('hex');
}
