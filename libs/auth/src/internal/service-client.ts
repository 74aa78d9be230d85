import { retryWithBackoff } from '@registrar/async';
import type { RetryPolicy } from '@registrar/async';
import { requestOf } from '@registrar/contracts-http';
import type { AskOf, Route, SentRequest } from '@registrar/contracts-http';
import {
  Problem,
  SpanKind,
  currentTrace,
  inCall,
  serviceUnavailable,
  traceparentOf,
} from '@registrar/service';
import { Pool, errors } from 'undici';
import type { ServiceTokens } from '../tokens/service-tokens.ts';

/** What it answered: only answers below 500 come back. */
export interface ServiceAnswer {
  status: number;
  body: unknown;
}

const connections = 50;

/**
 * Calls the internal HTTP API of one other service over kept connections, with a service token and the trace.
 *
 * Every call must be safe to repeat: one that an address refuses or hangs up on is sent once more, to the next
 * address. Failure: Problem 503 `service_unavailable` or 504 `upstream_timeout`.
 */
export class ServiceClient {
  private readonly pools: Pool[];
  private next = 0;

  constructor(
    private readonly service: string,
    urls: string[],
    private readonly tokens: ServiceTokens,
  ) {
    this.pools = urls.map(
      (url) => new Pool(url, { connections, pipelining: 1, connect: { timeout: 1_000 } }),
    );
  }

  /** Calls `route`, within its time limit for each try. */
  async call<R extends Route>(route: R, ask: AskOf<R>): Promise<ServiceAnswer> {
    const request = requestOf(route, ask);
    try {
      return await retryWithBackoff(() => this.send(request, route.timeLimitMs), onceMore);
    } catch (error) {
      throw this.problemOf(error);
    }
  }

  /** Closes the connections; calls that run are finished first. */
  async close(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.close()));
  }

  private send(request: SentRequest, timeLimitMs: number): Promise<ServiceAnswer> {
    const facts = () => ({
      name: `${request.method} ${this.service}`,
      kind: SpanKind.CLIENT,
      attributes: { 'http.request.method': request.method, 'peer.service': this.service },
    });
    return inCall(facts, async (span) => {
      const answer = await this.exchange(request, timeLimitMs);
      span?.setAttribute('http.response.status_code', answer.status);
      return answer;
    });
  }

  private async exchange(
    { method, target, headers, body }: SentRequest,
    timeLimitMs: number,
  ): Promise<ServiceAnswer> {
    const trace = currentTrace();
    const pool = this.pools[this.next++ % this.pools.length];
    if (!pool) throw serviceUnavailable(`The ${this.service} service has no address.`);
    const answer = await pool.request({
      method,
      path: target,
      signal: AbortSignal.timeout(timeLimitMs),
      headers: {
        ...headers,
        authorization: `Bearer ${this.tokens.for(this.service)}`,
        ...(trace ? { traceparent: traceparentOf(trace), 'x-request-id': trace.requestId } : {}),
      },
      body: body ?? null,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 500) {
      throw serviceUnavailable(
        `The ${this.service} service cannot answer now.`,
        new Error(`${answer.statusCode} ${text.slice(0, 200)}`),
      );
    }
    return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text) };
  }

  private problemOf(cause: unknown): Problem {
    if (cause instanceof Problem) return cause;
    if (!isTimeout(cause)) return serviceUnavailable(`The ${this.service} service does not answer.`, cause);
    const detail = `The ${this.service} service did not answer in time.`;
    return new Problem(504, 'upstream_timeout', detail, {
      params: { service: this.service },
      headers: { 'retry-after': '1' },
      cause,
    });
  }
}

/** A call that failed at once is sent at once to the next address; one that timed out would cost its limit again. */
const onceMore: RetryPolicy = {
  maxAttempts: 2,
  backoff: { firstMs: 0, maxMs: 0 },
  isRetryable: (error) => !isTimeout(error),
};

function isTimeout(error: unknown): boolean {
  return (
    (error instanceof Error && error.name === 'TimeoutError') ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  );
}
