import type { MarkedProcess } from './process-table.ts';
import { isAlive, markedProcesses } from './process-table.ts';
import { notedProcesses } from './journal.ts';
import { directoryOfMark } from './mark.ts';
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

/** The living processes of a stack or of one run of it, by their own marks and by the run's notes. */
export function livingProcesses(target: { directory: string } | { mark: string }): number[] {
  return [...new Set(processesOf([...markedProcesses(), ...notedProcesses(target)], target))];
}

/**
 * Ends the processes of a stack that nobody looks after any more: asks first, kills after `graceMs`.
 *
 * Only processes that carry the stack's mark, or that a run of it noted with their start time, are touched.
 * Resolves with how many there were.
 */
export async function clearLeftovers(
  target: { directory: string } | { mark: string },
  graceMs = 5_000,
): Promise<number> {
  const pids = livingProcesses(target);
  if (pids.length === 0) return 0;
  signal(pids, 'SIGTERM');
  const ended = await until(() => !pids.some(isAlive), { timeoutMs: graceMs });
  if (!ended) {
    const stubborn = livingProcesses(target);
    signal(stubborn, 'SIGKILL');
    await until(() => !stubborn.some(isAlive), { timeoutMs: 5_000 });
  }
  return pids.length;
}
