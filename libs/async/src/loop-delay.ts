import { PeriodicTask } from './periodic-task.ts';

const everyMs = 20;
/** Share of the newest sample in the average: one long collection is no overload, a second of them is. */
const weight = 0.25;

/**
 * How late the event loop is, on average: what everything waits for that this process is to do. It is sampled 50 times a
 * second, from `start` to `stop`.
 */
export class LoopDelay {
  private average = 0;
  private expectedAt = 0;
  private readonly sampling: PeriodicTask;

  /** @param onSample gets the time since the last sample, ms */
  constructor(private readonly onSample: (elapsedMs: number) => void = () => undefined) {
    const onError = (error: unknown) => {
      throw error;
    };
    this.sampling = new PeriodicTask(() => this.sample(), { everyMs, firstAfterMs: everyMs, onError });
  }

  /** Milliseconds. */
  get averageMs(): number {
    return this.average;
  }

  start(): void {
    this.expectedAt = performance.now() + everyMs;
    this.sampling.start();
  }

  stop(): Promise<void> {
    return this.sampling.stop();
  }

  private sample(): void {
    const now = performance.now();
    const lateMs = Math.max(0, now - this.expectedAt);
    this.expectedAt = now + everyMs;
    this.average += (lateMs - this.average) * weight;
    this.onSample(everyMs + lateMs);
  }
}
