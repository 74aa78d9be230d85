import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { ImportResult } from '@registrar/contracts-enrollments';
import { UsageFault, exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** As long as the gateway waits for an import, ms. */
const timeoutMs = 125_000;

/**
 * Enrolls the students of a CSV file, which the server reads as it is (columns `email` and `courseId`); `dryRun` only says what would happen.
 *
 * @returns the exit code: `someRefused` where a line was refused
 */
export async function importFile(context: CommandContext, file: string, dryRun: boolean): Promise<number> {
  const content = await contentOf(file);
  context.terminal.err(`${dryRun ? 'Trying' : 'Importing'} ${file} ...\n`);
  const ask = {
    query: dryRun ? { dryRun: 'true' as const } : {},
    // One key for all tries: a try whose answer was lost is not done twice.
    key: randomUUID(),
    headers: { 'content-type': 'text/csv; charset=utf-8' },
    body: content,
  };
  const { body: result } = await context.api.call(enrollmentRoutes.importEnrollments, ask, timeoutMs);
  tell(context, { file, dryRun, ...result }, inWords(result, dryRun));
  return result.refused.length > 0 ? exitCodes.someRefused : exitCodes.done;
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new UsageFault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}

function inWords({ enrolled, waitlisted, refused }: ImportResult, dryRun: boolean): string {
  const counts = `${dryRun ? 'Would be: ' : ''}${enrolled} enrolled, ${waitlisted} waitlisted, ${refused.length} refused.`;
  if (refused.length === 0) return counts;
  return `${counts}\n${table(refused.map(({ line, code, detail }) => [`line ${line}`, code, detail]))}`;
}
