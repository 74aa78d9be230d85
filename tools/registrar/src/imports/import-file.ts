import { randomUUID } from 'node:crypto';
import { tell } from '../commands/context.ts';
import type { CommandContext } from '../commands/context.ts';
import { exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { readFileLines } from './file-lines.ts';
import type { ImportKind } from './import-kinds.ts';
import { writeRefused } from './refused-file.ts';
import { FileSending } from './send-file.ts';
import type { FileOutcome } from './send-file.ts';

/** How a file is imported. */
export interface ImportOptions {
  /** Only say what would happen. */
  dryRun: boolean;
  /** Where refused lines are written. */
  refused?: string | undefined;
}

/**
 * Imports a CSV file in slices. A run that broke off is continued; a file that was imported whole is imported again,
 * which changes nothing where nothing has changed since.
 *
 * @returns the exit code: `someRefused` where a line was refused
 */
export async function importFile<Count extends string>(
  context: CommandContext,
  kind: ImportKind<Count>,
  path: string,
  { dryRun, refused: refusedFile }: ImportOptions,
): Promise<number> {
  const { terminal } = context;
  const file = await readFileLines(path, kind.columns);
  // Before anything is sent: a file that cannot be written says so in time.
  if (refusedFile !== undefined) await writeRefused(refusedFile, [], file.lines);
  terminal.err(`${dryRun ? 'Trying' : 'Importing'} ${path} ...\n`);
  if (dryRun && kind.linesPerDryRun < file.lines.length && kind.linesPerDryRun !== kind.linesPerSlice)
    terminal.err(
      `More than ${kind.linesPerDryRun} lines: seats of the lines before are not counted from part to part.\n`,
    );
  const send = (salt: string) => new FileSending(context, kind, { file, isDryRun: dryRun, salt }).sendFile();
  let outcome = await send('');
  if (outcome.slices > 0 && outcome.replayed === outcome.slices) {
    terminal.err('This file was imported before; importing it again ...\n');
    outcome = await send(randomUUID());
  } else if (outcome.replayed > 0) {
    const parts = `${outcome.replayed} of ${outcome.slices} parts`;
    terminal.err(`${parts} were imported by an earlier run: what they came to is shown as it was then.\n`);
  }
  const { counts, refused } = outcome;
  if (refusedFile !== undefined) await writeRefused(refusedFile, refused, file.lines);
  tell(context, { file: path, dryRun, ...counts, refused }, inWords(kind, outcome, dryRun));
  return refused.length > 0 ? exitCodes.someRefused : exitCodes.done;
}

function inWords<Count extends string>(
  kind: ImportKind<Count>,
  { counts, refused }: FileOutcome<Count>,
  dryRun: boolean,
): string {
  const parts = [...kind.counts.map((name) => `${counts[name]} ${name}`), `${refused.length} refused`];
  const words = `${dryRun ? 'Would be: ' : ''}${parts.join(', ')}.`;
  if (refused.length === 0) return words;
  return `${words}\n${table(refused.map(({ line, code, detail }) => [`line ${line}`, code, detail]))}`;
}
