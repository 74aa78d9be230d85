import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A user other than root may write the file ten times a second, for all processes: more fail with EAGAIN. */
const tries = 20;
const pauseMs = 100;

/**
 * Sets the niceness of a process's session. Linux with autogroups (sched(7)) first shares the processors fairly between
 * sessions: `nice` alone would then only count among the threads of the one process.
 *
 * Failure: none; where the system has no autogroups, `nice` is enough.
 */
export async function setSessionNiceness(pid: number, niceness: number): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      return await writeFile(`/proc/${pid}/autogroup`, String(niceness));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
      await delay(pauseMs);
    }
  }
}

/** The niceness of a process's session; undefined where the system has no autogroups. */
export async function sessionNiceness(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/autogroup`, 'utf8').catch(() => '');
  const [, niceness] = / nice (-?\d+)/.exec(text) ?? [];
  return niceness === undefined ? undefined : Number(niceness);
}
