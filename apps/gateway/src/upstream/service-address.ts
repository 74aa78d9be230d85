import CircuitBreaker from 'opossum';
import { Pool, request as ask } from 'undici';
import type { UpstreamAnswer, UpstreamRequest } from './answer.ts';
import { WholeAnswer } from './whole-answer.ts';

/** Connections to one address; without pipelining, which halved the rate when it was measured. */
const connections = 50;
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

/**
 * One address of a service: its connections, its circuit breaker, its load.
 *
 * Failure: `call` rejects with undici's error for a fault of the connection, with UpstreamTimeout, or at once
 * while the breaker is open. An answer of any status is an answer.
 */
export class ServiceAddress {
  /** Calls under way. */
  load = 0;
  /** What its `/health/ready` said last; true until it is asked. */
  ready = true;
  private readonly pool: Pool;
  private readonly streams: Pool;
  private readonly breaker: CircuitBreaker<[UpstreamRequest], UpstreamAnswer>;

  constructor(readonly url: string) {
    const connect = { timeout: connectTimeoutMs };
    this.pool = new Pool(url, { connections, pipelining: 1, connect, headersTimeout: 0, bodyTimeout: 0 });
    this.streams = new Pool(url, {
      connections: null,
      pipelining: 1,
      connect,
      bodyTimeout: 0,
      keepAliveTimeout: 1,
    });
    this.breaker = new CircuitBreaker((request: UpstreamRequest) => this.send(request), breakerOptions);
  }

  /** Whether calls would go out at the moment. */
  get open(): boolean {
    return !this.breaker.opened;
  }

  /** The connections of streams, which never take one of a request. */
  get streamPool(): Pool {
    return this.streams;
  }

  async call(request: UpstreamRequest): Promise<UpstreamAnswer> {
    this.load += 1;
    try {
      return await this.breaker.fire(request);
    } finally {
      this.load -= 1;
    }
  }

  /** Asks for its health, by a connection of its own; a breaker that was open closes when it is well. */
  async probe(): Promise<void> {
    try {
      const answer = await ask(new URL('/health/ready', this.url), {
        headersTimeout: probeTimeoutMs,
        bodyTimeout: probeTimeoutMs,
        dispatcher: this.streams,
      });
      await answer.body.dump();
      this.ready = answer.statusCode === 200;
      // Readiness may fall for a dependency; that it answers at all is what the breaker asks.
      if (!this.breaker.closed) this.breaker.close();
    } catch {
      // Refused, silent or cut off: all the same here, and the next look follows.
      this.ready = false;
    }
  }

  /** Whether it was not well at the last look. */
  get suspect(): boolean {
    return !this.ready || !this.breaker.closed;
  }

  async close(): Promise<void> {
    this.breaker.shutdown();
    await Promise.all([this.pool.close(), this.streams.destroy()]);
  }

  private send({ method, target, headers, body, timeLimitMs }: UpstreamRequest): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const options = { method: method as 'GET', path: target, headers, body: body ?? null };
      this.pool.dispatch(options, new WholeAnswer(timeLimitMs, resolve, reject));
    });
  }
}
