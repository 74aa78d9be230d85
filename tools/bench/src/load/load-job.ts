import type { Method, Route } from '@registrar/contracts-http';
import type { EndpointResult, Second } from './tally.ts';
import type { LatencySummary } from './latencies.ts';

/** The name under which requests of a route are counted. */
export function endpointOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** A request that can be sent as it is, any number of times. */
export interface PreparedRequest {
  /** Under which it is counted. */
  readonly endpoint: string;
  readonly method: Method;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests of one endpoint and how often one of them is drawn, relative to the others. */
export interface Share {
  readonly weight: number;
  readonly requests: readonly PreparedRequest[];
}

/** A run of the generator. */
export interface LoadJob {
  /** Origin of the server, `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly connections: number;
  readonly seed: number;
  /** An answer that takes longer counts as a failure, ms. */
  readonly timeoutMs: number;
  /**
   * `paced`: at a fixed rate, independent of the answers. `closed`: each connection sends when it has its answer.
   * `saturation`: the same by autocannon. `list`: every request once, closed. `burst`: every request once, all at
   * the same moment, each on a connection of its own.
   */
  readonly kind: 'paced' | 'closed' | 'saturation' | 'list' | 'burst';
  /** For `paced`. */
  readonly ratePerSecond?: number;
  /** For all but `list` and `burst`. */
  readonly seconds?: number;
  /** What to draw from; for `list`, `burst` and a paced run with `inOrder`, the requests of the first one in order. */
  readonly shares: readonly Share[];
  /** Paced only: each request once, in order, until they are used up. */
  readonly inOrder?: boolean;
}

/** The result of a run of the generator. */
export interface LoadResult {
  readonly kind: LoadJob['kind'];
  readonly connections: number;
  /** From the first request to the last answer, seconds. */
  readonly seconds: number;
  readonly sent: number;
  readonly answered: number;
  /** Answers of 400 and above, no answer in time, connections that broke. */
  readonly failed: number;
  /** Sent or due, and without an answer when the run ended. */
  readonly unanswered: number;
  /** Answers a second. */
  readonly ratePerSecond: number;
  readonly latency: LatencySummary;
  /** Paced: requests that had to wait for their connection; the wait is part of their latency. */
  readonly waited: number;
  /** Paced: how late the generator itself was; no part of any latency. */
  readonly lateness: LatencySummary;
  readonly endpoints: Readonly<Record<string, EndpointResult>>;
  readonly timeline: readonly Second[];
  readonly bytes: number;
  /** Connections opened after the first ones. */
  readonly reconnects: number;
  /** CPU that the generator used, seconds. */
  readonly cpuSeconds: number;
}
