import type { RunProcess } from './process-table.ts';
import { isAlive, runProcesses } from './process-table.ts';
import { notedProcesses } from './journal.ts';
import { directoryOfRunId } from './run-id.ts';
import { until } from './wait.ts';

/** Those of `processes` that belong to the stack in `directory`: all runs of it, or the one with that run id. */
export function processesOf(
  processes: readonly RunProcess[],
  target: { directory: string } | { runId: string },
): number[] {
  const belongs = (runId: string): boolean =>
    'runId' in target ? runId === target.runId : directoryOfRunId(runId) === target.directory;
  return processes.filter(({ runId }) => belongs(runId)).map(({ pid }) => pid);
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

/** The living processes of a stack or of one run of it, by their own run ids and by the run's notes. */
export function livingProcesses(target: { directory: string } | { runId: string }): number[] {
  return [...new Set(processesOf([...runProcesses(), ...notedProcesses(target)], target))];
}

/**
 * Ends the processes of a stack that nobody looks after any more: asks first, kills after `graceMs`.
 *
 * Only processes that carry the stack's run id, or that a run of it noted with their start time, are touched.
 * Resolves with how many there were.
 */
export async function endOrphans(
  target: { directory: string } | { runId: string },
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
