import { readdirSync, readFileSync } from 'node:fs';
import { runIdVariable } from './run-id.ts';

/** A process that carries a run id. */
export interface RunProcess {
  readonly pid: number;
  readonly runId: string;
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // gone in the meantime, somebody else's, or a system without /proc
  }
}

/** The run id in the bytes of `/proc/<pid>/environ`, where the variables are ended by NUL. */
export function runIdOf(environ: string): string | undefined {
  const start = `${runIdVariable}=`;
  return environ
    .split('\0')
    .find((entry) => entry.startsWith(start))
    ?.slice(start.length);
}

/** The fields after the command's name in `/proc/<pid>/stat`: state, parent, ... (the name may hold anything). */
function statFields(pid: number): string[] | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Every living process that carries a run id, by the system's own record. Empty where there is no /proc. */
export function runProcesses(): RunProcess[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const runId = runIdOf(readOrUndefined(`/proc/${name}/environ`) ?? '');
      return runId === undefined ? [] : [{ pid: Number(name), runId }];
    });
}

/** When a process began (clock ticks since boot): with the pid it names one process for good. */
export function startTimeOf(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields === undefined || fields[0] === 'Z') return undefined;
  return fields[19];
}

/** The parent of a process. */
export function parentOf(pid: number): number | undefined {
  const parent = statFields(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The command line of a process, its words joined by blanks. */
export function commandLineOf(pid: number): string {
  return (readOrUndefined(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

/** Whether a process lives (a zombie does not). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}
