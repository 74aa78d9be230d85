import { setTimeout as delay } from 'node:timers/promises';
import type { Backlog } from '../snapshot/snapshot.ts';
import type { BacklogCounter } from './backlog.ts';

const everyMs = 500;
/** All must be nothing so many times in a row: what one part ends, another may begin. */
const timesIdle = 3;

/** Waits until nothing is left to do, at most `timeoutMs`; gives what is left then. */
export async function awaitQuiescence(
  counter: Pick<BacklogCounter, 'count'>,
  timeoutMs: number,
  say: (line: string) => void,
): Promise<Backlog> {
  const endsAt = performance.now() + timeoutMs;
  let backlog = await counter.count();
  for (let idle = 0, reportedAt = 0; performance.now() < endsAt;) {
    const left = Object.entries(backlog).filter(([what, count]) => count > 0 && what !== 'dead letters');
    idle = left.length === 0 ? idle + 1 : 0;
    if (idle >= timesIdle) break;
    if (left.length > 0 && performance.now() - reportedAt > 5_000) {
      reportedAt = performance.now();
      say(`waiting for quiescence: ${left.map(([what, count]) => `${count} ${what}`).join(', ')}`);
    }
    await delay(everyMs);
    backlog = await counter.count();
  }
  return backlog;
}
