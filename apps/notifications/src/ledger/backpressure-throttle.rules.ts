/** Smaller commits are not counted: they delay no request, and say little about the store's latency. */
const smallActions = 16;
/** A commit of up to so many times the best time is within the store's usual variation. */
const usualTimes = 2;
/** The pause is so many times what a commit took beyond that. */
const restTimes = 5;
/** The best time grows by this with each commit, so that it follows a store that has become slower. */
const forgetting = 1.01;

/**
 * Backpressure of the store: how long the ledger pauses between two commits. The slower its commits become, the longer
 * the pause, as requests that wait for an answer cause it; without other load there is none.
 *
 * As in LEDBAT (RFC 6817), background work watches its own delay and yields when that grows.
 */
export class BackpressureThrottle {
  private bestMs = Infinity;

  /** Milliseconds to pause after a commit of so many actions that went through in `tookMs`, its reading included. */
  pauseAfter(actions: number, tookMs: number): number {
    if (actions < smallActions) return 0;
    this.bestMs = Math.min(this.bestMs * forgetting, tookMs / actions);
    return restTimes * Math.max(0, tookMs - usualTimes * this.bestMs * actions);
  }
}
