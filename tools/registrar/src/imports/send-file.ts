import { createHash } from 'node:crypto';
import type { CommandContext } from '../commands/context.ts';
import { LinesProgress } from '../terminal.ts';
import type { FileLine, FileLines, LineRefusal } from './file-lines.ts';
import type { ImportKind } from './import-kinds.ts';
import { lastOfEach, slicesOf, writeSlice } from './slices.rules.ts';
import type { Slice } from './slices.rules.ts';

/** What is sent, and how. */
export interface SentFile {
  file: FileLines;
  isDryRun: boolean;
  /** Part of the keys: another one makes other requests of the same file. */
  salt: string;
}

/** What a file came to. */
export interface FileOutcome<Count extends string> {
  counts: Record<Count, number>;
  /** By line of the file. */
  refused: LineRefusal[];
  /** Requests, and those of them that an earlier run had made. */
  slices: number;
  replayed: number;
}

/** Refusals of lines that are about nothing: an earlier line about the same thing counts then. */
const isNothing = ({ code }: LineRefusal) => code === 'invalid_line' || code === 'user_not_found';

/**
 * Sends a file in slices, one after the other, each under a key that follows from the file and the slice: a run that
 * broke off is continued by the next one, for the answers of slices are kept.
 *
 * Guarantee: duplicates are judged over the whole file, as the server does within a slice.
 * Failure: ApiFault; the slices before stand, and where there are any, `err` says how to continue.
 */
export class FileSending<Count extends string> {
  private readonly context: CommandContext;
  private readonly kind: ImportKind<Count>;
  private readonly sent: SentFile;
  private readonly outcome: FileOutcome<Count>;
  private readonly progress: LinesProgress;

  constructor(context: CommandContext, kind: ImportKind<Count>, sent: SentFile) {
    const { lines, unreadable } = sent.file;
    this.context = context;
    this.kind = kind;
    this.sent = sent;
    this.progress = new LinesProgress(context.terminal, kind.name, lines.length + unreadable.length);
    const counts = Object.fromEntries(kind.counts.map((name) => [name, 0])) as Record<Count, number>;
    this.outcome = { counts, refused: [...unreadable], slices: 0, replayed: 0 };
  }

  /** Sends all of it. May be called once. */
  async sendFile(): Promise<FileOutcome<Count>> {
    const { lines, unreadable } = this.sent.file;
    const { refused } = this.outcome;
    this.progress.advance(unreadable.length, refused.length);
    const { counting, earlierBy } = lastOfEach(lines, this.kind.keyOf);
    await this.sendLines(counting);
    const nothing = new Set(refused.filter(isNothing).map(({ line }) => line));
    const groups = [...earlierBy];
    const duplicates = groups.flatMap(([last, earlier]) =>
      nothing.has(last.line) ? [] : earlier.map(({ line }) => duplicateLine(line, last.line)),
    );
    refused.push(...duplicates);
    this.progress.advance(duplicates.length, refused.length);
    await this.sendLines(groups.flatMap(([last, earlier]) => (nothing.has(last.line) ? earlier : [])));
    refused.sort((a, b) => a.line - b.line);
    return this.outcome;
  }

  private async sendLines(lines: readonly FileLine[]): Promise<void> {
    const { isDryRun } = this.sent;
    const max = isDryRun ? this.kind.linesPerDryRun : this.kind.linesPerSlice;
    for (const part of slicesOf(lines, max, this.kind.groupOf)) {
      await this.sendSlice(writeSlice(part));
      this.progress.advance(part.length, this.outcome.refused.length);
    }
  }

  private async sendSlice({ text, lineOf }: Slice): Promise<void> {
    const { isDryRun } = this.sent;
    const ask = {
      query: isDryRun ? { dryRun: 'true' as const } : {},
      ...(!isDryRun && { key: this.keyOf(text) }),
      headers: { 'content-type': 'text/csv; charset=utf-8' },
      body: text,
    };
    const { body, headers } = await this.kind.send(this.context.api, ask).catch((error: unknown) => {
      if (this.outcome.slices > 0 && !isDryRun) this.progress.breakOff();
      throw error;
    });
    const { outcome } = this;
    for (const name of this.kind.counts) outcome.counts[name] += body[name];
    outcome.refused.push(...body.refused.map((each) => inFile(each, lineOf)));
    outcome.slices += 1;
    if (headers.get('idempotency-replayed') === 'true') outcome.replayed += 1;
  }

  private keyOf(text: string): string {
    const { file, salt } = this.sent;
    const parts = [this.kind.name, file.hash, this.outcome.slices, salt, text];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }
}

function duplicateLine(line: number, counts: number): LineRefusal {
  return { line, code: 'duplicate_line', detail: `Line ${counts} is about the same; that one counts.` };
}

/** A refusal with the lines of the whole file instead of those of a slice. */
function inFile(refusal: LineRefusal, lineOf: (line: number) => number): LineRefusal {
  const { code, detail } = refusal;
  const line = lineOf(refusal.line);
  if (code !== 'duplicate_line') return { ...refusal, line };
  return { ...refusal, line, detail: detail.replace(/\d+/, (other) => String(lineOf(Number(other)))) };
}
