/** Commits of fewer actions crowd nobody out, and say little of how fast the store is. */
const smallActions = 16;
/** So many times the best time of an action is no sign of others: stores have moods. */
const usualTimes = 2;
/** What a commit takes beyond that is left to the others so many times. */
const restTimes = 5;
/** By how much the best time is forgotten with each commit, so that a store that has become slower is believed. */
const forgetting = 1.01;

/**
 * How long the ledger leaves the store to others between two commits: the more its commits are slowed down, the
 * longer, for who slows them down is somebody who waits for an answer. Where nobody else is at the store, not at all.
 *
 * The idea is that of LEDBAT (RFC 6817): what can wait watches its own delay, and yields where it grows.
 */
export class Pace {
  private bestMs = Infinity;

  /** Milliseconds to rest after a commit of so many actions that went through in `tookMs`, its reading included. */
  restAfter(actions: number, tookMs: number): number {
    if (actions < smallActions) return 0;
    this.bestMs = Math.min(this.bestMs * forgetting, tookMs / actions);
    return restTimes * Math.max(0, tookMs - usualTimes * this.bestMs * actions);
  }
}
