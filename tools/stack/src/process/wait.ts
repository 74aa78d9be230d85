import { setTimeout as delay } from 'node:timers/promises';

/** Asks `condition` every `everyMs` until it holds; false when `timeoutMs` went by without. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, everyMs = 50 }: { timeoutMs: number; everyMs?: number },
): Promise<boolean> {
  const endsAt = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() >= endsAt) return false;
    await delay(everyMs);
  }
  return true;
}
