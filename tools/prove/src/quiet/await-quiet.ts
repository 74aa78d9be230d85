import { setTimeout as delay } from 'node:timers/promises';
import type { Leftovers } from '../world/world.ts';
import type { LeftoverCount } from './leftovers.ts';

const everyMs = 500;
/** All must be nothing so many times in a row: what one part ends, another may begin. */
const timesQuiet = 3;

/** Waits until nothing is left to do, at most `timeoutMs`; gives what is left then. */
export async function awaitQuiet(
  counter: Pick<LeftoverCount, 'count'>,
  timeoutMs: number,
  say: (line: string) => void,
): Promise<Leftovers> {
  const endsAt = performance.now() + timeoutMs;
  let leftovers = await counter.count();
  for (let quiet = 0, saidAt = 0; performance.now() < endsAt;) {
    const left = Object.entries(leftovers).filter(([what, count]) => count > 0 && what !== 'dead letters');
    quiet = left.length === 0 ? quiet + 1 : 0;
    if (quiet >= timesQuiet) break;
    if (left.length > 0 && performance.now() - saidAt > 5_000) {
      saidAt = performance.now();
      say(`waiting for quiet: ${left.map(([what, count]) => `${count} ${what}`).join(', ')}`);
    }
    await delay(everyMs);
    leftovers = await counter.count();
  }
  return leftovers;
}
