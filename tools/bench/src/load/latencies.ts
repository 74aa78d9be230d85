/** What a set of times comes to, all in milliseconds. Percentiles are exact, by nearest rank. */
export interface LatencySummary {
  readonly count: number;
  readonly minMs: number;
  readonly averageMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const firstRoom = 1_024;

/** The smallest of `sorted` that at least `share` of them are not above; 0 for none. */
export function percentileOf(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Keeps every single time, 8 bytes each, so that nothing is rounded. */
export class Latencies {
  private times = new Float64Array(firstRoom);
  private recorded = 0;

  /** Adds one, in milliseconds. */
  addLatency(ms: number): void {
    if (this.recorded === this.times.length) {
      const larger = new Float64Array(this.times.length * 2);
      larger.set(this.times);
      this.times = larger;
    }
    this.times[this.recorded] = ms;
    this.recorded += 1;
  }

  get count(): number {
    return this.recorded;
  }

  /** What they come to so far. */
  summary(): LatencySummary {
    const sorted = this.times.slice(0, this.recorded).sort();
    const sum = sorted.reduce((total, ms) => total + ms, 0);
    return {
      count: this.recorded,
      minMs: sorted[0] ?? 0,
      averageMs: this.recorded === 0 ? 0 : sum / this.recorded,
      p50Ms: percentileOf(sorted, 0.5),
      p95Ms: percentileOf(sorted, 0.95),
      p99Ms: percentileOf(sorted, 0.99),
      maxMs: sorted.at(-1) ?? 0,
    };
  }
}
