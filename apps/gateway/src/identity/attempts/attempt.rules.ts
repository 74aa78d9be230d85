/** Failures from one address, or of one known device, after which an account refuses it for the rest of the window. */
export const failuresPerOrigin = 10;

/** How long failures count, from the first one, ms. */
export const windowMs = 15 * 60_000;

/**
 * Failures in a row, wherever they came from, after which a password alone signs nobody in (NIST SP 800-63B, 3.2.2:
 * no more than 100 consecutive failed attempts on one account).
 */
export const failuresInARow = 100;

/** How long after the last one failures in a row are remembered, ms. */
export const rowMs = 90 * 24 * 60 * 60_000;

/** Mails that somebody has sent without being signed in: each request takes `evenMs`, more mails an hour are not sent. */
export const requestedMails = { evenMs: 150, anHour: 5, hourMs: 60 * 60_000 } as const;

/** Failures over all addresses from which on every attempt on the account is slowed. */
const freeFailures = 20;
const slowestMs = 1_000;

/**
 * Whose failures are counted: those of an email, and of the session epoch of its account, 0 where it has none. With the
 * next epoch, as after a reset of the password, none of them count any more, on any instance.
 */
export interface AttemptSubject {
  email: string;
  epoch: number;
}

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
