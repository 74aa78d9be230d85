/** Statistics of a set of times, all in milliseconds. Percentiles are exact, by nearest rank. */
export interface LatencySummary {
  readonly count: number;
  readonly minMs: number;
  readonly averageMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** The smallest of `sorted` that at least `share` of them do not exceed; 0 for none. */
export function percentileOf(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Keeps every single time, so that nothing is rounded: a histogram would. */
export class Latencies {
  private readonly times: number[] = [];

  /** Adds one, in milliseconds. */
  addLatency(ms: number): void {
    this.times.push(ms);
  }

  /** The statistics so far; all 0 without a time. */
  summary(): LatencySummary {
    const sorted = Float64Array.from(this.times).sort();
    const sum = sorted.reduce((total, ms) => total + ms, 0);
    return {
      count: sorted.length,
      minMs: percentileOf(sorted, 0),
      averageMs: sum / Math.max(1, sorted.length),
      p50Ms: percentileOf(sorted, 0.5),
      p95Ms: percentileOf(sorted, 0.95),
      p99Ms: percentileOf(sorted, 0.99),
      maxMs: percentileOf(sorted, 1),
    };
  }
}
