import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `holds` is true, looking every 5 ms. @throws Error after `limitMs` */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come true in ${limitMs} ms.`);
    await delay(5);
  }
}
