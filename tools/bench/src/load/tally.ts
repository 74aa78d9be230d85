import type { Answer } from './answer-parser.ts';
import { rememberedLayerOf } from './cache-layer.rules.ts';
import type { LatencySummary } from './latencies.ts';
import { Latencies } from './latencies.ts';
import type { Second } from './timeline.ts';
import { Timeline } from './timeline.ts';

/** What the requests of one endpoint came to. */
export interface EndpointResult {
  readonly latency: LatencySummary;
  readonly failed: number;
  readonly bytes: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How often each layer of caches answered. */
  readonly layers: Readonly<Record<string, number>>;
  /** Why requests without an answer failed. */
  readonly faults: Readonly<Record<string, number>>;
}

/** One endpoint's counts while a run goes on. */
class EndpointTally {
  readonly latencies = new Latencies();
  failed = 0;
  bytes = 0;
  readonly statuses: Record<string, number> = {};
  readonly layers: Record<string, number> = {};
  readonly faults: Record<string, number> = {};

  result(): EndpointResult {
    const { latencies, failed, bytes, statuses, layers, faults } = this;
    return { latency: latencies.summary(), failed, bytes, statuses, layers, faults };
  }
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Counts the answers and failures of a run, over all and by endpoint. */
export class Tally {
  private readonly all = new Latencies();
  private readonly endpointTallies = new Map<string, EndpointTally>();
  private readonly seconds = new Timeline();
  bytes = 0;
  answered = 0;
  failed = 0;

  /** An answer, `atMs` after the start of the run. */
  answer(endpoint: string, answer: Answer, times: { atMs: number; latencyMs: number }): void {
    const tally = this.of(endpoint);
    const layer = rememberedLayerOf(answer.cacheStatus);
    const isFailure = answer.status >= 400;
    this.answered += 1;
    this.bytes += answer.bytes;
    tally.bytes += answer.bytes;
    count(tally.statuses, String(answer.status));
    count(tally.layers, layer);
    this.all.addLatency(times.latencyMs);
    tally.latencies.addLatency(times.latencyMs);
    this.seconds.addAnswer(times.atMs, times.latencyMs, layer !== 'source' && layer !== 'none');
    if (isFailure) this.fail(tally, times.atMs);
  }

  /** A request that got no answer, and why. */
  fault(endpoint: string, reason: string, atMs: number): void {
    const tally = this.of(endpoint);
    count(tally.faults, reason);
    this.fail(tally, atMs);
  }

  latency(): LatencySummary {
    return this.all.summary();
  }

  timeline(): Second[] {
    return this.seconds.seconds();
  }

  endpoints(): Record<string, EndpointResult> {
    return Object.fromEntries([...this.endpointTallies].map(([name, tally]) => [name, tally.result()]));
  }

  private fail(tally: EndpointTally, atMs: number): void {
    this.failed += 1;
    tally.failed += 1;
    this.seconds.fail(atMs);
  }

  private of(endpoint: string): EndpointTally {
    let tally = this.endpointTallies.get(endpoint);
    if (tally === undefined) this.endpointTallies.set(endpoint, (tally = new EndpointTally()));
    return tally;
  }
}
