/**
 * Failures in a row. Commands share round trips: many that fail at the same moment are one hiccup, so a
 * streak counts as lasting only when it has gone on for a while.
 */
export class FailureStreak {
  private failures = 0;
  private since = 0;

  constructor(
    private readonly limit: number,
    private readonly lastingMs: number,
  ) {}

  /** Another failure; true when there were enough of them, for long enough. `nowMs` never goes back. */
  fail(nowMs: number): boolean {
    this.failures += 1;
    if (this.failures === 1) this.since = nowMs;
    return this.failures >= this.limit && nowMs - this.since >= this.lastingMs;
  }

  /** A success ends the streak. */
  end(): void {
    this.failures = 0;
  }
}
