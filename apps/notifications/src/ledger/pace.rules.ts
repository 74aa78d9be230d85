/** Commits of fewer rows crowd nobody out, and say little of how fast the store is. */
const smallRows = 8;
/** So many times the best time of a row is no sign of others: stores have moods. */
const usualTimes = 2;
/** What a commit takes beyond that is left to the others so many times. */
const restTimes = 5;
/** A row waits so long for others' sake at most, ms. */
const maxRestMs = 1_000;
/** By how much the best time is forgotten with each commit, so that a store that has become slower is believed. */
const forgetting = 1.01;

/**
 * How long the ledger leaves the store to others between two commits: the more its commits are slowed down, the
 * longer, for who slows them down is somebody who waits for an answer. Where nobody else is at the store, not at all.
 *
 * The idea is that of LEDBAT (RFC 6817): what can wait watches its own delay, and yields where it grows.
 */
export class Pace {
  private bestMsPerRow = Infinity;

  /** Milliseconds to rest after a commit of `rows` that took `tookMs`. */
  restAfter(rows: number, tookMs: number): number {
    if (rows < smallRows) return 0;
    this.bestMsPerRow = Math.min(this.bestMsPerRow * forgetting, tookMs / rows);
    const beyondMs = Math.max(0, tookMs - usualTimes * this.bestMsPerRow * rows);
    return Math.min(maxRestMs, restTimes * beyondMs);
  }
}
