import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { bodyLimitOf, jsonBodyLimitBytes } from '@registrar/contracts-http';
import type { Route } from '@registrar/contracts-http';
import { CONFIG, Problem, overloaded } from '@registrar/service';
import { FairPlaces } from '../admission/fair-places.ts';
import type { PlaceRefusal } from '../admission/fair-places.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { ArrivingBody } from './arriving-body.ts';
import { addressGroupOf } from '../../http/client-address.ts';
import { drain, hasBody, refuseType, tooLarge } from './request-body.rules.ts';

/** Beyond it a body takes a place among the large ones too: writes of the API but imports are far smaller. */
const largeFromBytes = 16_384;

/** Fastify does not look at what these bring. */
const bodiless = new Set(['GET', 'HEAD', 'TRACE']);

/**
 * Reads the bodies of requests, each whole before anything is done for it.
 *
 * Guarantee: bodies on their way hold no place among the requests under way; their number, and that of large ones,
 * is bounded, and shared fairly by address. So their memory is bounded as well: `MAX_ARRIVING_BODIES` times 16 KiB,
 * and a piece of a socket more, and `MAX_LARGE_BODIES` times 1 MiB: a file takes a place for each MiB.
 * Failure: Problem 415, 413, 400, 408 where a body stalls, 429 beyond the share of an address, 503 beyond the total.
 */
@Injectable()
export class RequestBodies {
  private readonly arriving: FairPlaces;
  private readonly large: FairPlaces;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<
      GatewayConfig,
      'MAX_ARRIVING_BODIES' | 'MAX_LARGE_BODIES' | 'BODY_STALL_MS'
    >,
  ) {
    this.arriving = new FairPlaces(config.MAX_ARRIVING_BODIES);
    this.large = new FairPlaces(config.MAX_LARGE_BODIES);
  }

  /** The body that a route of a service takes; undefined where none comes, or the route does not look at one. */
  ofRoute(request: IncomingMessage, route: ProxiedRoute): Promise<Buffer> | undefined {
    const { method, body } = route;
    if (method === 'GET' || !hasBody(request)) return undefined;
    refuseType(request, typeof body === 'string' ? body : 'application/json');
    return this.read(request, bodyLimitOf(route));
  }

  /**
   * The body for a route of the gateway's own; its type is that route's to judge, but for a file, which is larger:
   * not where a standard has its own words for a wrong one.
   *
   * @param route undefined where the path has none with this method
   */
  ofOwn(request: IncomingMessage, route: Route | undefined): Promise<Buffer> | undefined {
    if (bodiless.has(request.method ?? '') || !hasBody(request)) return undefined;
    const isFile = typeof route?.body === 'string';
    if (isFile && route.errors !== 'oauth') refuseType(request, route.body);
    return this.read(request, isFile ? bodyLimitOf(route) : jsonBodyLimitBytes);
  }

  private async read(request: IncomingMessage, sizeBytes: number): Promise<Buffer> {
    if (Number(request.headers['content-length'] ?? 0) > sizeBytes) {
      drain(request);
      throw tooLarge(sizeBytes);
    }
    const group = addressGroupOf(request);
    const leaves: (() => void)[] = [];
    const enter = (places: FairPlaces) => {
      const leave = places.enter(group, () => body.refuse(refused('share')));
      if (typeof leave === 'function') leaves.push(leave);
      else body.refuse(refused(leave));
    };
    const { BODY_STALL_MS: stallMs } = this.config;
    const onLarge = () => enter(this.large);
    const body = new ArrivingBody(request, { sizeBytes, stallMs, largeFromBytes, onLarge });
    enter(this.arriving);
    try {
      return await body.whole;
    } finally {
      for (const leave of leaves) leave();
    }
  }
}

function refused(why: PlaceRefusal): Problem {
  if (why === 'total') return overloaded();
  const detail = 'Too many request bodies are arriving from your address. Wait a moment.';
  return new Problem(429, 'rate_limited', detail, { headers: { 'retry-after': '1', connection: 'close' } });
}
