import { setTimeout as delay } from 'node:timers/promises';
import { commandLineOf, isAlive, parentOf, startTimeOf } from './process-table.ts';

const everyMs = 500;

/** The processes above `pid` up to the package manager that it was started by; none when there is no such one. */
export function processesUpToNpm(
  pid: number,
  parent: (pid: number) => number | undefined,
  commandLine: (pid: number) => string,
): number[] {
  const above: number[] = [];
  for (let at = parent(pid); at !== undefined && at > 1; at = parent(at)) {
    above.push(at);
    if (/^(\S*\/)?(npm|node .*\/npm(-cli\.js)?)( |$)/.test(commandLine(at))) return above;
  }
  return [];
}

/**
 * Resolves when the `npm` that started this process, or a shell between the two, has ended without passing
 * that on (a kill -9 of npm cannot be). Never resolves when npm is not involved or the system has no /proc.
 */
export async function npmGone(): Promise<string> {
  const watched = processesUpToNpm(process.pid, parentOf, commandLineOf).map((pid) => ({
    pid,
    startTime: startTimeOf(pid),
  }));
  if (watched.length === 0) return new Promise(() => undefined);
  while (watched.every(({ pid, startTime }) => isAlive(pid) && startTimeOf(pid) === startTime)) {
    await delay(everyMs, undefined, { ref: false });
  }
  return 'npm has ended';
}
