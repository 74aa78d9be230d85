import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ServiceTokens } from '@registrar/auth';
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
import type { Ruling } from '../admission/rate-limits.ts';
import { EdgeCache } from '../edge/edge-cache.ts';
import { Plans } from '../routing/plan.ts';
import { isStaff } from '../visit/visit.ts';
import type { Visit } from '../visit/visit.ts';
import { Forwarder } from './forwarder.ts';
import { FrontMetrics } from './front-metrics.ts';
import { sendEntry, sendProfile } from './held-answers.ts';
import { noHost, notFound, rateLimited } from './refusals.ts';
import { RequestRunner } from './request-runner.ts';
import type { OwnListener } from './request-runner.ts';
import { RouteDispatch } from './route-dispatch.ts';

/**
 * The fast path: admits every request and answers from memory where it can; `RouteDispatch` does the rest.
 *
 * It stands before Fastify, whose hooks cost a forwarded read 16 % more CPU and a hit in memory 15 to 23 %
 * (docs/decisions/proxy-through-fastify.md).
 *
 * Guarantee: an answer from memory costs no promise and no look at anything but memory. Failure: problem details
 * for everything; a request that is refused has cost no work behind this class.
 */
@Injectable()
export class FrontDoor {
  /** The plans of targets, remembered. */
  readonly plans = new Plans();

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
    private readonly metrics: FrontMetrics,
    private readonly runner: RequestRunner,
    private readonly rest: RouteDispatch,
  ) {}

  /** Answers `request`, or has `own` do it. */
  handle(request: IncomingMessage, response: ServerResponse, own: OwnListener): void {
    const plan = this.plans.of(request.method ?? '', request.url ?? '/');
    const visit: Visit = { request, response, plan, identity: undefined, ruling: undefined };
    if (plan.kind === 'operations') return this.operate(visit, own);
    this.shedder.arrived += 1;
    try {
      if (request.headers.host === undefined && request.httpVersion === '1.1') throw noHost;
      if (this.shedder.overloaded) throw overloaded();
      if (this.cors.enabled && this.cors.apply(request, response)) return;
      if (this.origin.looksBehindProxies) noteAddress(request, this.origin.of(request));
      if (plan.kind === 'internal') this.internal(visit, own);
      else this.receive(visit, own);
    } catch (error) {
      this.runner.refuse(visit, error);
    }
  }

  /** Health and public keys: also under overload, and counted apart from all else. */
  private operate(visit: Visit, own: OwnListener): void {
    const { request, response, plan } = visit;
    const key = `${plan.target?.path ?? ''} ${addressGroup(this.origin.of(request))}`;
    if (!this.count(visit, this.limits.operations.take(key))) return;
    this.runner.setHeaders(visit);
    own(request, response);
  }

  private receive(visit: Visit, own: OwnListener): void {
    const { request, plan } = visit;
    // While nobody's token can be judged, everybody reads what is for everybody.
    const isStranger =
      plan.ignoresToken || (plan.edgeKey !== undefined && !this.verifier.revocationsAreFresh);
    const known = isStranger ? undefined : this.rememberedIdentity(request.headers.authorization);
    if (known === 'unknown') {
      // Checking a signature is work, so it is counted like any other of a stranger.
      if (this.count(visit, this.limits.address.take(addressGroupOf(request))))
        void this.introduce(visit, own);
      return;
    }
    visit.identity = known;
    if (this.admit(visit) && !this.fromMemory(visit)) this.rest.dispatch(visit, own);
  }

  /** Who sends this header, if that is known already; `unknown` where it must be found out. */
  private rememberedIdentity(authorization: string | undefined): Identity | undefined | 'unknown' {
    if (authorization === undefined) return undefined;
    if (!authorization.startsWith('Bearer ')) return 'unknown';
    const identity = this.verifier.remembered(authorization.slice(7));
    if (!identity) return 'unknown';
    this.verifier.refuseRevoked(identity);
    return identity;
  }

  private async introduce(visit: Visit, own: OwnListener): Promise<void> {
    try {
      visit.identity = await this.verifier.fromHeader(visit.request.headers.authorization);
      if (this.admit(visit) && !this.fromMemory(visit)) this.rest.dispatch(visit, own);
    } catch (error) {
      this.runner.refuse(visit, error);
    }
  }

  private admit(visit: Visit): boolean {
    const { identity, plan, request } = visit;
    if (plan.kind === 'sign-in') return this.count(visit, this.limits.signIn.take(addressGroupOf(request)));
    const ruling = identity
      ? this.limits.user.take(identity.id)
      : this.limits.address.take(addressGroupOf(request));
    return this.count(visit, ruling);
  }

  /** Returns false and sends 429 when a limit is exceeded. Does not throw: a flood would pay for the stack traces. */
  private count(visit: Visit, ruling: Ruling): boolean {
    visit.ruling = ruling;
    if (!ruling.allowed) this.runner.refuse(visit, rateLimited(ruling.retryAfterSeconds));
    return ruling.allowed;
  }

  /** Only for services: whoever else comes here is counted, and learns nothing. */
  private internal(visit: Visit, own: OwnListener): void {
    try {
      this.services.verify((visit.request.headers.authorization ?? '').replace(/^Bearer /, ''));
    } catch {
      if (!this.count(visit, this.limits.address.take(addressGroupOf(visit.request)))) return;
      throw notFound;
    }
    this.runner.pass(visit, own);
  }

  /** Answers from memory where that is possible; true where it was. */
  private fromMemory(visit: Visit): boolean {
    const { plan, identity } = visit;
    if (plan.isProfile && identity && plan.target?.query === '') {
      const body = this.profiles.fresh(identity);
      if (body) {
        this.metrics.profiles.hits += 1;
        sendProfile(visit, body, 'l1');
      }
      return body !== undefined;
    }
    const { edgeKey, match } = plan;
    if (edgeKey === undefined || match.kind !== 'route' || !isProxied(match.route) || isStaff(identity))
      return false;
    const entry = this.edge.fresh(edgeKey, this.forwarder.edgeLoad(visit, match.route, edgeKey));
    if (entry) sendEntry(visit, entry, 'l1');
    return entry !== undefined;
  }
}
