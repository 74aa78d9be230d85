import type { Answer } from './answer-parser.ts';
import { rememberedLayerOf } from './cache-layer.rules.ts';
import type { LatencySummary } from './latencies.ts';
import { Latencies } from './latencies.ts';

/** The results of one endpoint. */
export interface EndpointResult {
  readonly latency: LatencySummary;
  readonly failed: number;
  readonly bytes: number;
  /** Answers by status, and how long those of each status took. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly latencyByStatus: Readonly<Record<string, LatencySummary>>;
  /** Answers by the cache layer that gave them. */
  readonly layers: Readonly<Record<string, number>>;
  /** Requests without an answer, by reason. */
  readonly faults: Readonly<Record<string, number>>;
}

/** One second of a run. */
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

class EndpointTally {
  readonly latencies = new Latencies();
  readonly byStatus: Record<string, Latencies> = {};
  failed = 0;
  bytes = 0;
  readonly statuses: Record<string, number> = {};
  readonly layers: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
}

class SecondTally {
  readonly latencies = new Latencies();
  failed = 0;
  hits = 0;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Counts the answers and failures of a run: in all, by endpoint and by second. */
export class Tally {
  private readonly all = new Latencies();
  private readonly byEndpoint = new Map<string, EndpointTally>();
  private readonly bySecond: SecondTally[] = [];
  bytes = 0;
  answered = 0;
  failed = 0;

  /** An answer, `atMs` after the start of the run. */
  answer(endpoint: string, answer: Answer, { atMs, latencyMs }: { atMs: number; latencyMs: number }): void {
    const tally = this.of(endpoint);
    const second = this.at(atMs);
    const layer = rememberedLayerOf(answer.cacheStatus);
    this.answered += 1;
    this.bytes += answer.bytes;
    tally.bytes += answer.bytes;
    count(tally.statuses, String(answer.status));
    count(tally.layers, layer);
    this.all.addLatency(latencyMs);
    tally.latencies.addLatency(latencyMs);
    (tally.byStatus[answer.status] ??= new Latencies()).addLatency(latencyMs);
    second.latencies.addLatency(latencyMs);
    if (layer !== 'source' && layer !== 'none') second.hits += 1;
    if (answer.status >= 400) this.fail(tally, second);
  }

  /** A request without an answer, and why. */
  fault(endpoint: string, reason: string, atMs: number): void {
    const tally = this.of(endpoint);
    count(tally.faults, reason);
    this.fail(tally, this.at(atMs));
  }

  latency(): LatencySummary {
    return this.all.summary();
  }

  timeline(): Second[] {
    // Seconds in which nothing came are holes.
    return Array.from(this.bySecond, (tally?: SecondTally, second = 0) => {
      const { latencies, failed, hits } = tally ?? new SecondTally();
      const { count: answered, averageMs, p99Ms } = latencies.summary();
      return { second, answered, failed, averageMs, p99Ms, hits };
    });
  }

  endpoints(): Record<string, EndpointResult> {
    const results = [...this.byEndpoint].map(([name, { latencies, byStatus, ...counts }]) => {
      const summaries = Object.entries(byStatus).map(([status, each]) => [status, each.summary()]);
      const latencyByStatus = Object.fromEntries(summaries) as EndpointResult['latencyByStatus'];
      return [name, { latency: latencies.summary(), latencyByStatus, ...counts }];
    });
    return Object.fromEntries(results) as Record<string, EndpointResult>;
  }

  private fail(tally: EndpointTally, second: SecondTally): void {
    this.failed += 1;
    tally.failed += 1;
    second.failed += 1;
  }

  private of(endpoint: string): EndpointTally {
    let tally = this.byEndpoint.get(endpoint);
    if (tally === undefined) this.byEndpoint.set(endpoint, (tally = new EndpointTally()));
    return tally;
  }

  private at(atMs: number): SecondTally {
    return (this.bySecond[Math.max(0, Math.floor(atMs / 1_000))] ??= new SecondTally());
  }
}
