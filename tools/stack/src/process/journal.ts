import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { directoryOfRunId } from './run-id.ts';
import type { RunProcess } from './process-table.ts';
import { startTimeOf } from './process-table.ts';

/** Beside the run ids in the processes' environments: a Redis writes its title over its own. */
function journalFile(directory: string): string {
  return join(directory, 'processes.log');
}

/** Writes down a process of a run, with its start time, so that it can be found after a crash. */
export function noteProcess({ directory, runId }: { directory: string; runId: string }, pid: number): void {
  const startTime = startTimeOf(pid);
  if (startTime === undefined) return; // ended already, or a system without /proc
  appendFileSync(journalFile(directory), `${JSON.stringify({ pid, startTime, runId })}\n`);
}

/** The noted processes of a stack that still live; a pid that has gone to another process is none of them. */
export function notedProcesses(target: { directory: string } | { runId: string }): RunProcess[] {
  const directory = 'runId' in target ? directoryOfRunId(target.runId) : target.directory;
  let journal: string;
  try {
    journal = readFileSync(journalFile(directory), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return journal
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as RunProcess & { startTime: string })
    .filter(({ pid, startTime }) => startTimeOf(pid) === startTime)
    .map(({ pid, runId }) => ({ pid, runId }));
}

/** Empties the notes of a stack of which nothing runs. */
export function forgetProcesses(directory: string): void {
  rmSync(journalFile(directory), { force: true });
}
