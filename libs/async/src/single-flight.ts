/**
 * Single-flight: calls with the same key that come while one runs share its outcome.
 *
 * Guarantee: at most one run of a key at a time. Nothing is kept when it ends: the next call starts a new run.
 * Failure: all callers of a failed run get its error.
 */
export class SingleFlight<T, Key = string> {
  private readonly running = new Map<Key, Promise<T>>();

  /** Whether a run of the key is under way. */
  isRunning(key: Key): boolean {
    return this.running.has(key);
  }

  /** Joins the run of the key, or starts `work` as one. */
  share(key: Key, work: () => Promise<T>): Promise<T> {
    const running = this.running.get(key);
    if (running) return running;
    const started = work().finally(() => {
      if (this.running.get(key) === started) this.running.delete(key);
    });
    this.running.set(key, started);
    return started;
  }

  /** Lets the next call start a new run, because what the current one reads may be outdated. Its callers keep it. */
  forget(key: Key): void {
    this.running.delete(key);
  }
}
