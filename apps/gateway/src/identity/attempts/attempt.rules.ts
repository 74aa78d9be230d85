/** Failures from one address after which an account refuses that address for the rest of the window. */
export const failuresPerAddress = 10;

/** How long failures count, from the first one, ms. */
export const windowMs = 15 * 60_000;

/** Failures over all addresses from which on every attempt on the account is slowed. */
const freeFailures = 20;
const slowestMs = 1_000;

/** Failures within a window. */
export interface FailureCount {
  failures: number;
  /** The store's time, milliseconds since the epoch. */
  windowEndsAt: number;
}

/** Failures that still count at `now`. */
export function failuresAt(count: FailureCount | undefined, now: number): number {
  return count && count.windowEndsAt > now ? count.failures : 0;
}

/**
 * How long an attempt waits when others, anywhere, failed on the account: never so long that its owner, who
 * has the right password, would not get in.
 */
export function slowdownMs(failuresEverywhere: number): number {
  return Math.min(slowestMs, Math.max(0, failuresEverywhere - freeFailures) * 50);
}
