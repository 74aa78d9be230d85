import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ServiceTokens, withRightsOn } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { overloaded } from '@registrar/service';
import { addressGroup } from '../../http/address-group.rules.ts';
import { addressGroupOf, noteAddress } from '../../http/client-address.ts';
import { ProfileCache, RevocableVerifier } from '../../identity/index.ts';
import { isProxied } from '../../routes/routes.ts';
import { ClientOrigin } from '../admission/client-origin.ts';
import { Cors } from '../admission/cors.ts';
import { LoadShedder } from '../admission/load-shedder.ts';
import { RateLimits } from '../admission/rate-limits.ts';
import type { RateLimiter } from '../admission/rate-limits.ts';
import { EdgeCache } from '../edge-cache/edge-cache.ts';
import { RouteMatcher } from '../routing/route-match.ts';
import { isStaff } from '../request-context/request-context.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Forwarder } from './forwarder.ts';
import { ProxyMetrics } from './proxy-metrics.ts';
import { sendEntry, sendProfile } from './cached-response.ts';
import { noHost, notFound, rateLimited } from './refusals.ts';
import { RequestRunner } from './request-runner.ts';
import { RouteDispatch } from './route-dispatch.ts';

/**
 * The gateway's fast path: admits every request, and answers it from memory where it can; `RouteDispatch` does the rest.
 *
 * It runs before Fastify, whose hooks cost a forwarded read 16 % more CPU and a hit in memory 15 to 23 %
 * (docs/decisions/proxy-through-fastify.md). It is synchronous down to `response.end`: a promise would cost a turn of
 * the microtask queue, and under load a request would wait for all others between its parts. Only the signature of a
 * token that is new here is awaited (`authenticate`).
 *
 * Guarantee: a response from memory costs no promise and no I/O. Failure: problem details for everything; a refused
 * request has cost no work behind this class.
 */
@Injectable()
export class EdgeProxy {
  readonly matcher = new RouteMatcher();

  constructor(
    private readonly shedder: LoadShedder,
    private readonly origin: ClientOrigin,
    private readonly cors: Cors,
    private readonly limits: RateLimits,
    private readonly verifier: RevocableVerifier,
    private readonly services: ServiceTokens,
    private readonly edge: EdgeCache,
    private readonly profiles: ProfileCache,
    private readonly forwarder: Forwarder,
    private readonly metrics: ProxyMetrics,
    private readonly runner: RequestRunner,
    private readonly dispatcher: RouteDispatch,
  ) {}

  /** Answers `request`, or passes it to `nest`. */
  handle(request: IncomingMessage, response: ServerResponse, nest: RequestListener): void {
    const match = this.matcher.match(request.method ?? '', request.url ?? '/');
    const context: RequestContext = { request, response, match, identity: undefined, ruling: undefined };
    if (match.limit === 'operations') return this.handleOperations(context, nest);
    this.shedder.arrived += 1;
    try {
      if (request.headers.host === undefined && request.httpVersion === '1.1') throw noHost;
      if (this.shedder.overloaded) throw overloaded();
      if (this.cors.enabled && this.cors.apply(request, response)) return;
      if (this.origin.looksBehindProxies) noteAddress(request, this.origin.of(request));
      if (match.limit === 'internal') this.handleInternal(context, nest);
      else this.handlePublic(context, nest);
    } catch (error) {
      this.runner.refuse(context, error);
    }
  }

  /** Health and public keys: served under overload too, and limited by path and address. */
  private handleOperations(context: RequestContext, nest: RequestListener): void {
    const { request, response, match } = context;
    const key = `${match.target?.path ?? ''} ${addressGroup(this.origin.of(request))}`;
    if (!this.isWithin(this.limits.operations, key, context)) return;
    this.runner.setHeaders(context);
    nest(request, response);
  }

  /** For services only; any other caller is limited and gets the 404 of an unknown path. */
  private handleInternal(context: RequestContext, nest: RequestListener): void {
    const { request } = context;
    if (this.services.callerOf(request.headers.authorization) !== undefined)
      this.runner.passToNest(context, nest);
    else if (this.isWithin(this.limits.address, addressGroupOf(request), context)) throw notFound;
  }

  private handlePublic(context: RequestContext, nest: RequestListener): void {
    const { request, match } = context;
    // While revocations are unknown no token can be judged: public reads then need none.
    const isAnonymous =
      match.ignoresToken || (match.edgeKey !== undefined && !this.verifier.revocationsAreFresh);
    const identity = isAnonymous ? undefined : this.cachedIdentity(request.headers.authorization);
    if (identity !== 'unverified') {
      context.identity = identity;
      this.admit(context, nest);
    } else if (this.isWithin(this.limits.address, addressGroupOf(request), context)) {
      // Verifying a signature is work, so it counts as an anonymous request of the address.
      void this.authenticate(context, nest);
    }
  }

  /** The identity of this header's token, if it was verified before. @throws Problem 401, 503 as `refuseRevoked` */
  private cachedIdentity(authorization: string | undefined): Identity | undefined | 'unverified' {
    if (authorization === undefined) return undefined;
    if (!authorization.startsWith('Bearer ')) return 'unverified';
    const identity = this.verifier.remembered(authorization.slice(7));
    if (!identity) return 'unverified';
    this.verifier.refuseRevoked(identity);
    return identity;
  }

  private async authenticate(context: RequestContext, nest: RequestListener): Promise<void> {
    try {
      context.identity = await this.verifier.fromHeader(context.request.headers.authorization);
      this.admit(context, nest);
    } catch (error) {
      this.runner.refuse(context, error);
    }
  }

  /** Counts the request by its limit, and answers it. @throws Problem 403 for an API client without the scope */
  private admit(context: RequestContext, nest: RequestListener): void {
    const { identity, match, request } = context;
    const { lookup } = match;
    const isKnown = identity !== undefined && match.limit !== 'sign-in';
    const key = isKnown ? identity.id : addressGroupOf(request);
    if (!this.isWithin(this.limiterOf(context), key, context)) return;
    if (identity && lookup.kind === 'route') context.identity = withRightsOn(identity, lookup.route);
    if (!this.sendFromMemory(context)) this.dispatcher.dispatch(context, nest);
  }

  private limiterOf({ identity, match }: RequestContext): RateLimiter {
    if (match.limit === 'sign-in') return this.limits.signIn;
    if (!identity) return this.limits.address;
    return identity.clientId === undefined ? this.limits.user : this.limits.client;
  }

  /** Returns false and sends 429 when a limit is exceeded. Does not throw: a flood would pay for the stack traces. */
  private isWithin(limiter: RateLimiter, key: string, context: RequestContext): boolean {
    const ruling = limiter.consume(key);
    context.ruling = ruling;
    if (!ruling.allowed) this.runner.refuse(context, rateLimited(ruling.retryAfterSeconds));
    return ruling.allowed;
  }

  /** Returns whether the response was in memory. */
  private sendFromMemory(context: RequestContext): boolean {
    const { identity } = context;
    const { edgeKey, isProfile, lookup, target } = context.match;
    if (isProfile && identity && target?.query === '') {
      const body = this.profiles.fresh(identity);
      if (!body) return false;
      this.metrics.profiles.hits += 1;
      sendProfile(context, body, 'l1');
      return true;
    }
    if (edgeKey === undefined || lookup.kind !== 'route' || !isProxied(lookup.route) || isStaff(identity))
      return false;
    const entry = this.edge.fresh(edgeKey, this.forwarder.edgeLoad(context, lookup.route, edgeKey));
    if (entry) sendEntry(context, entry, 'l1');
    return entry !== undefined;
  }
}
