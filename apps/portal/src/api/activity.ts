import { keepStored, readStored } from './storage.ts';

/** Staff without input for so long are signed out, ms. */
const idleAfterMs = 30 * 60_000;
/** Input is noted at most this often, ms. */
const noteEveryMs = 5_000;
let notedAt = 0;

function note(): void {
  if (Date.now() - notedAt < noteEveryMs) return;
  notedAt = Date.now();
  keepStored('input', notedAt);
}

/** Notes input from now on; opening the page is input. */
export function startActivity(): void {
  note();
  for (const name of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    addEventListener(name, note, { capture: true, passive: true });
}

/** Whether no tab of this browser had input in the last 30 minutes. */
export function isIdle(): boolean {
  return Date.now() - Math.max(notedAt, readStored<number>('input') ?? 0) > idleAfterMs;
}
