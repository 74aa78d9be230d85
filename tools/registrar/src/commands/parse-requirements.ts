import { readFile } from 'node:fs/promises';
import { requirementWords } from '@registrar/eligibility';
import { UsageFault, exitCodes } from '../faults.ts';
import { catalogueLines, textFields } from '../requirements/catalogue-lines.rules.ts';
import type { CatalogueLine } from '../requirements/catalogue-lines.rules.ts';
import { parseRequirement } from '../requirements/parse-requirement.rules.ts';
import type { ParseOptions } from '../requirements/parse-requirement.rules.ts';
import type { Reading } from '../requirements/reading.ts';
import { printable } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandOutput } from './context.ts';

/** What is read, and how. */
export interface ParseRequest extends ParseOptions {
  /** The text itself, or a file of texts. */
  readonly text?: string | undefined;
  readonly file?: string | undefined;
  /** The field of JSON lines that holds the text. */
  readonly field?: string | undefined;
}

/**
 * Reads prerequisites from a catalogue's English, or says what cannot be read. Asks no running system.
 *
 * @returns the exit code: `failed` for a text that cannot be read, `someRefused` for a file with such texts
 */
export async function parseRequirements(output: CommandOutput, request: ParseRequest): Promise<number> {
  const { text, file, separator } = request;
  if (separator !== undefined && !/^[ .&/-]?$/.test(separator)) {
    throw new UsageFault('--separator is nothing, a space, or one of - . & /, as course codes have it.');
  }
  if (text !== undefined && file === undefined) return parseOne(output, text, request);
  if (file !== undefined && text === undefined) return parseFile(output, file, request);
  throw new UsageFault('Give one text in quotes, or --file <path> with one text or JSON object a line.');
}

function parseOne(output: CommandOutput, text: string, options: ParseOptions): number {
  const reading = parseRequirement(text, options);
  if (reading.isRead || output.json)
    tell(output, { text, ...resultOf(reading) }, wordsOf(reading).join('\n'));
  else output.terminal.err(`${wordsOf(reading).join('\n')}\n`);
  return reading.isRead ? exitCodes.done : exitCodes.failed;
}

async function parseFile(output: CommandOutput, file: string, request: ParseRequest): Promise<number> {
  const lines = catalogueLines(await contentOf(file), request.field);
  const readings = lines.flatMap((line) => {
    const reading = readingOf(line, request);
    return reading ? [{ line: line.line, text: line.kind === 'text' ? line.text : null, reading }] : [];
  });
  if (readings.length === 0) {
    throw new UsageFault(
      `${file} has no texts. JSON objects have them in ${request.field ?? textFields.join(' or ')}; --field names another field.`,
    );
  }
  const counts = countsOf(readings.map(({ reading }) => reading));
  const results = readings.map(({ line, text, reading }) => ({ line, text, ...resultOf(reading) }));
  const words = readings.flatMap(({ line, reading }) =>
    wordsOf(reading).map((each, at) => (at === 0 ? `line ${line}  ${each}` : `  ${each}`)),
  );
  tell(output, { file, ...counts, results }, [...words, summaryOf(counts)].join('\n'));
  return counts.unread > 0 ? exitCodes.someRefused : exitCodes.done;
}

async function contentOf(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UsageFault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageFault(`${file} is not UTF-8.`);
  }
  if (!content.trimStart().startsWith('[')) return content;
  throw new UsageFault(`${file} is one JSON document. Give one text, or one JSON object, a line.`);
}

function readingOf(line: CatalogueLine, options: ParseOptions): Reading | undefined {
  if (line.kind === 'empty') return undefined;
  if (line.kind === 'text') return parseRequirement(line.text, options);
  return { isRead: false, reason: line.reason, part: line.part };
}

function resultOf(reading: Reading): object {
  if (!reading.isRead) return { read: false, reason: reading.reason, part: reading.part };
  const { requirement, notes } = reading;
  return { read: true, requirement, words: requirement && requirementWords(requirement), notes };
}

function wordsOf(reading: Reading): string[] {
  if (!reading.isRead) return [`cannot be read: "${printable(reading.part)}". ${printable(reading.reason)}`];
  const { requirement, notes } = reading;
  const noted = notes.map((note) => `note: ${printable(note)}`);
  return requirement
    ? [JSON.stringify(requirement), requirementWords(requirement), ...noted]
    : ['null', 'asks for nothing', ...noted];
}

interface Counts {
  readonly texts: number;
  readonly read: number;
  /** Of those read, how many ask for nothing. */
  readonly none: number;
  readonly unread: number;
}

function countsOf(readings: readonly Reading[]): Counts {
  const read = readings.filter((reading) => reading.isRead);
  return {
    texts: readings.length,
    read: read.length,
    none: read.filter(({ requirement }) => requirement === null).length,
    unread: readings.length - read.length,
  };
}

function summaryOf({ texts, read, none, unread }: Counts): string {
  const share = ((100 * read) / texts).toFixed(1);
  return `${read} of ${texts} texts read (${share} %), ${none} of them ${none === 1 ? 'asks' : 'ask'} for nothing; ${unread} cannot be read.`;
}
