import { readFileSync, statSync } from 'node:fs';

/** Where the shift of the clock is read from, in test builds: a file with milliseconds, which may change. */
let file: string | undefined;
let shift = { readAt: -1, ms: 0 };

/**
 * The time that registration goes by: windows, deadlines and what is written down as having happened. Tests set it
 * for all services at once by `TEST_CLOCK_FILE`; tokens, leases and retries go by the machine's time.
 *
 * @returns milliseconds since the epoch
 */
export function clockNow(): number {
  return Date.now() + clockShiftMs();
}

/**
 * Has the clock follow a file.
 *
 * @param path of a file that holds how many milliseconds the clock is ahead; no shift while there is none
 */
export function followClockFile(path: string | undefined): void {
  file = path;
  shift = { readAt: -1, ms: 0 };
}

/** How many milliseconds the clock is ahead of the machine's; 0 but for tests. */
export function clockShiftMs(): number {
  if (file === undefined) return 0;
  const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changedAt === undefined) return 0;
  if (changedAt !== shift.readAt) {
    const ms = Number(readFileSync(file, 'utf8'));
    shift = { readAt: changedAt, ms: Number.isFinite(ms) ? ms : 0 };
  }
  return shift.ms;
}
