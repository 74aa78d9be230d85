import { Latencies } from './latencies.ts';

/** What happened in one second of a run. */
export interface Second {
  /** Counted from the start of the run. */
  readonly second: number;
  readonly answered: number;
  readonly failed: number;
  readonly averageMs: number;
  readonly p99Ms: number;
  /** Answers that came from a cache. */
  readonly hits: number;
}

interface Open {
  latencies: Latencies;
  failed: number;
  hits: number;
}

/** A run second by second. */
export class Timeline {
  private readonly openSeconds: Open[] = [];

  /** Adds an answer that came `atMs` after the start. */
  addAnswer(atMs: number, latencyMs: number, isHit: boolean): void {
    const open = this.at(atMs);
    open.latencies.addLatency(latencyMs);
    if (isHit) open.hits += 1;
  }

  /** Adds a failure. */
  fail(atMs: number): void {
    this.at(atMs).failed += 1;
  }

  seconds(): Second[] {
    return Array.from({ length: this.openSeconds.length }, (_, second) => {
      const open = this.openSeconds[second];
      const summary = (open?.latencies ?? new Latencies()).summary();
      return {
        second,
        answered: summary.count,
        failed: open?.failed ?? 0,
        averageMs: summary.averageMs,
        p99Ms: summary.p99Ms,
        hits: open?.hits ?? 0,
      };
    });
  }

  private at(atMs: number): Open {
    const second = Math.max(0, Math.floor(atMs / 1_000));
    return (this.openSeconds[second] ??= { latencies: new Latencies(), failed: 0, hits: 0 });
  }
}
