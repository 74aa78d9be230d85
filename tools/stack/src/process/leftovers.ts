import type { MarkedProcess } from './process-table.ts';
import { isAlive, markedProcesses } from './process-table.ts';
import { directoryOfMark } from './run.ts';
import { until } from './wait.ts';

/** Those of `processes` that belong to the stack in `directory`: all runs of it, or the one with that mark. */
export function processesOf(
  processes: readonly MarkedProcess[],
  target: { directory: string } | { mark: string },
): number[] {
  const belongs = (mark: string): boolean =>
    'mark' in target ? mark === target.mark : directoryOfMark(mark) === target.directory;
  return processes.filter(({ mark }) => belongs(mark)).map(({ pid }) => pid);
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/**
 * Ends the processes of a stack that nobody looks after any more: asks first, kills after `graceMs`.
 *
 * Only processes that carry the stack's mark in their own environment are touched. Resolves with how many
 * there were.
 */
export async function clearLeftovers(
  target: { directory: string } | { mark: string },
  graceMs = 5_000,
): Promise<number> {
  const found = (): number[] => processesOf(markedProcesses(), target);
  const pids = found();
  if (pids.length === 0) return 0;
  signal(pids, 'SIGTERM');
  const ended = await until(() => !pids.some(isAlive), { timeoutMs: graceMs });
  if (!ended) {
    const stubborn = found();
    signal(stubborn, 'SIGKILL');
    await until(() => !stubborn.some(isAlive), { timeoutMs: 5_000 });
  }
  return pids.length;
}
