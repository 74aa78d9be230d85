import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';

const allowedHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Traceparent, X-Request-Id';
const exposedHeaders =
  'Cache-Status, ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, Traceparent, X-Request-Id';
const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/**
 * Lets pages of the configured origins call the API, and no others; without a configuration none. Tokens
 * are sent by the page itself, so credentials (cookies) are never allowed.
 */
@Injectable()
export class Cors {
  private readonly origins: ReadonlySet<string>;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'CORS_ORIGINS'>) {
    this.origins = new Set(config.CORS_ORIGINS ?? []);
  }

  get enabled(): boolean {
    return this.origins.size > 0;
  }

  /** Puts the headers on the answer; true where it was a preflight, which is answered then. */
  apply(request: IncomingMessage, response: ServerResponse): boolean {
    response.setHeader('vary', 'Origin, Accept-Encoding');
    const { origin } = request.headers;
    if (origin === undefined || !this.origins.has(origin)) return false;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposedHeaders);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return false;
    response.setHeader('access-control-allow-methods', allowedMethods);
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-max-age', '600');
    response.writeHead(204).end();
    return true;
  }
}
