/** When a periodic task runs. */
interface PeriodicTaskOptions {
  /** Pause between the end of one run and the start of the next, ms. */
  readonly everyMs: number;
  /** Spreads each pause over `everyMs` ± this share of it (0 to 1), so that instances do not run in step. Default 0. */
  readonly jitter?: number;
  /** Pause before the first run, ms; default one drawn from 0 to `everyMs`. */
  readonly firstAfterMs?: number;
  /** Gets the error of a run that failed. The task continues. */
  readonly onError: (error: unknown) => void;
}

/**
 * Repeats `work` with pauses, one run at a time.
 *
 * Guarantee: runs do not overlap, and after `stop` has resolved none is under way. It does not keep the process alive.
 * Failure: a run that fails is reported to `onError` and the next one comes after the usual pause.
 */
export class PeriodicTask {
  private readonly work: (signal: AbortSignal) => unknown;
  private readonly options: PeriodicTaskOptions;
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStarted = false;

  /** @param work gets a signal that is aborted by `stop`, for a run that takes long */
  constructor(work: (signal: AbortSignal) => unknown, options: PeriodicTaskOptions) {
    this.work = work;
    this.options = options;
  }

  /** Starts to repeat. A second call does nothing. */
  start(): void {
    if (this.isStarted || this.isStopped) return;
    this.isStarted = true;
    this.scheduleAfter(this.options.firstAfterMs ?? this.options.everyMs * Math.random());
  }

  /** Runs now, or joins the run that is under way; the next pause starts when it ends. Never rejects. */
  trigger(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    clearTimeout(this.timer);
    this.running ??= this.runOnce().finally(() => {
      this.running = undefined;
      if (this.isStarted) this.scheduleAfter(this.pauseMs());
    });
    return this.running;
  }

  /** Ends it. Resolves when the run that is under way is over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async runOnce(): Promise<void> {
    try {
      await this.work(this.stopping.signal);
    } catch (error) {
      this.options.onError(error);
    }
  }

  private scheduleAfter(pauseMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.trigger(), pauseMs).unref();
  }

  private pauseMs(): number {
    const { everyMs, jitter = 0 } = this.options;
    return everyMs * (1 + jitter * (2 * Math.random() - 1));
  }
}
