import { SpanKind, continueTrace, inSpan, spanRecorder, traceparentOf } from '@registrar/service';
import CircuitBreaker from 'opossum';
import { Pool, request as ask } from 'undici';
import type { WritePool } from '../admission/write-admission.ts';
import type { UpstreamName } from '../../routes/routes.ts';
import type { UpstreamAnswer, UpstreamRequest } from './answer.ts';
import { UpstreamTimeout } from './upstream-faults.ts';
import { upstreamSeconds } from './upstream.metrics.ts';
import { BufferedResponse } from './buffered-response.ts';

/**
 * Connections to one address in each pool; without pipelining, which halved the rate when it was measured.
 * Enrollments commits up to 32 writes at a time: three groups' worth, so that one always waits there in full while
 * another is committed and the answers of a third are on their way (with 50 every second group was of 18).
 * As many light writes as are admitted have a connection at once.
 */
const connections = { read: 50, heavy: 96, light: 48 } as const;
const connectTimeoutMs = 1_000;
const probeTimeoutMs = 1_000;

/** Opens when at least 5 calls within 2 s failed by half; lets one through again after half a second. */
const breakerOptions = {
  timeout: false,
  volumeThreshold: 5,
  errorThresholdPercentage: 50,
  rollingCountTimeout: 2_000,
  rollingCountBuckets: 4,
  resetTimeout: 500,
} as const;

/** Reads and writes go side by side: a queue for seats never stands before a list that is in memory. */
export type PoolName = 'read' | WritePool;

/** Whether a call changes nothing. */
export function isRead({ method }: Pick<UpstreamRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * One address of a service: its connections, its circuit breaker, its load.
 *
 * Failure: `call` rejects with undici's error for a fault of the connection, with UpstreamTimeout, or at once
 * while the breaker is open. An answer of any status is an answer.
 */
export class ServiceAddress {
  /** Calls under way. */
  load = 0;
  /** Whether its last readiness probe succeeded; true before the first. */
  ready = true;
  private readonly pools: Readonly<Record<PoolName, Pool>>;
  private readonly streams: Pool;
  private readonly breaker: CircuitBreaker<[UpstreamRequest, PoolName], UpstreamAnswer>;

  constructor(
    readonly service: UpstreamName,
    readonly url: string,
  ) {
    const connect = { timeout: connectTimeoutMs };
    const pool = (name: PoolName) =>
      new Pool(url, {
        connections: connections[name],
        pipelining: 1,
        connect,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
    this.pools = { read: pool('read'), heavy: pool('heavy'), light: pool('light') };
    this.streams = new Pool(url, {
      connections: null,
      pipelining: 1,
      connect,
      bodyTimeout: 0,
      keepAliveTimeout: 1,
    });
    this.breaker = new CircuitBreaker(
      (request: UpstreamRequest, pool: PoolName) => this.send(request, pool),
      breakerOptions,
    );
  }

  /** Whether calls would go out at the moment. */
  get open(): boolean {
    return !this.breaker.opened;
  }

  /** The connections of streams, which never take one of a request. */
  get streamPool(): Pool {
    return this.streams;
  }

  async call(request: UpstreamRequest, pool: PoolName): Promise<UpstreamAnswer> {
    this.load += 1;
    const since = performance.now();
    let outcome = '';
    try {
      const answer = await this.breaker.fire(request, pool);
      outcome = `${String(answer.status)[0] ?? ''}xx`;
      return answer;
    } catch (error) {
      outcome = this.failureOf(error);
      throw error;
    } finally {
      this.load -= 1;
      upstreamSeconds.observe(
        { service: this.service, address: this.url, outcome },
        (performance.now() - since) / 1_000,
      );
    }
  }

  /** Probes its readiness, by a connection of its own; success closes an open breaker. */
  async probe(): Promise<void> {
    try {
      const answer = await ask(new URL('/health/ready', this.url), {
        headersTimeout: probeTimeoutMs,
        bodyTimeout: probeTimeoutMs,
        dispatcher: this.streams,
      });
      await answer.body.dump();
      this.ready = answer.statusCode === 200;
      // Readiness may fail for a dependency; the breaker asks only whether it answers.
      if (!this.breaker.closed) this.breaker.close();
    } catch {
      // Refused, silent or cut off: the next probe follows.
      this.ready = false;
    }
  }

  /** Whether its last probe or calls failed. */
  get suspect(): boolean {
    return !this.ready || !this.breaker.closed;
  }

  async close(): Promise<void> {
    this.breaker.shutdown();
    const pools = Object.values(this.pools).map((pool) => pool.close());
    await Promise.all([...pools, this.streams.destroy()]);
  }

  /** `open`: not even sent, as the breaker is open. */
  private failureOf(error: unknown): string {
    if (error instanceof UpstreamTimeout) return 'timeout';
    return error instanceof Error && 'code' in error && error.code === 'EOPENBREAKER' ? 'open' : 'connection';
  }

  private send(request: UpstreamRequest, pool: PoolName): Promise<UpstreamAnswer> {
    return spanRecorder() ? this.recorded(request, pool) : this.exchange(request, pool);
  }

  /** The call as a span: the service continues that, not the request's. */
  private recorded(request: UpstreamRequest, pool: PoolName): Promise<UpstreamAnswer> {
    const facts = () => ({
      name: `${request.method} ${this.service}`,
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': request.method,
        'peer.service': this.service,
        'server.address': this.url,
      },
    });
    const trace = continueTrace(request.headers['traceparent']);
    const headers = { ...request.headers, traceparent: traceparentOf(trace) };
    return inSpan(trace, facts, async (span) => {
      const answer = await this.exchange({ ...request, headers }, pool);
      span?.setAttribute('http.response.status_code', answer.status);
      return answer;
    });
  }

  private exchange(request: UpstreamRequest, pool: PoolName): Promise<UpstreamAnswer> {
    const { method, target, headers, body, timeLimitMs } = request;
    return new Promise((resolve, reject) => {
      const options = { method: method as 'GET', path: target, headers, body: body ?? null };
      this.pools[pool].dispatch(options, new BufferedResponse(timeLimitMs, resolve, reject));
    });
  }
}
