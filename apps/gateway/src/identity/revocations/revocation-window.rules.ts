import { maxSkewMs, minuteOf, revocationLifeMs } from './revocation.ts';

const minuteMs = 60_000;

/** The partitions from a moment to a minute after another. */
export function minutesBetween(since: number, now: number): string[] {
  const [first, last] = [Math.floor(since / minuteMs), Math.floor(now / minuteMs) + 1];
  return Array.from({ length: last - first + 1 }, (_, at) => minuteOf((first + at) * minuteMs));
}

/** The partitions in which a revocation that matters at `now` may be, by any clock that is off by 5 minutes at most. */
export function allMinutes(now: number): string[] {
  return minutesBetween(now - revocationLifeMs, now + maxSkewMs);
}

/**
 * One of all partitions, another one each turn.
 *
 * Guarantee: so many turns as there are partitions go over all of them, also while the window moves.
 */
export function minuteOfTurn(turn: number, now: number): string {
  const count = allMinutes(now).length;
  const first = Math.floor((now - revocationLifeMs) / minuteMs);
  // The minute that comes in takes the turn of the one that goes out.
  const offset = (((turn - first) % count) + count) % count;
  return minuteOf((first + offset) * minuteMs);
}
