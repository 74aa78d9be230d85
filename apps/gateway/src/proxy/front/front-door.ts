import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ServiceTokens, hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import {
  Problem,
  RouteTable,
  eventStreamType,
  overloaded,
  unauthorized,
  unknownFields,
  validationFailed,
} from '@registrar/service';
import { addressGroup } from '../../http/address-group.rules.ts';
import { ClientOrigin } from '../admission/client-origin.ts';
import { Cors } from '../admission/cors.ts';
import { LoadShedder } from '../admission/load-shedder.ts';
import { RateLimits } from '../admission/rate-limits.ts';
import type { Ruling } from '../admission/rate-limits.ts';
import { EdgeCache } from '../edge/edge-cache.ts';
import { SharedStreams } from '../live/shared-streams.ts';
import { ProfileCache, RevocableVerifier } from '../../identity/index.ts';
import { isProxied } from '../../routes/routes.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import type { Target } from '../routing/target.rules.ts';
import { addressGroupOf, noteAddress } from '../../http/client-address.ts';
import { Forwarder } from './forwarder.ts';
import { FrontMetrics } from './front-metrics.ts';
import { sendEntry, sendProfile } from './held-answers.ts';
import { invalidPath } from './invalid-path.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { Plans } from '../routing/plan.ts';
import { RequestRunner } from './request-runner.ts';
import type { OwnListener } from './request-runner.ts';
import type { Visit } from '../visit/visit.ts';

/**
 * Takes every request, before Nest and Fastify: refuses what cannot be served, finds out who asks, counts, and
 * answers from memory, from a service, or by the gateway's own routes.
 *
 * Guarantee: an answer from memory costs no promise and no look at anything but memory. Failure: problem details
 * for everything; a request that is refused has cost no work behind this class.
 */
@Injectable()
export class FrontDoor {
  /** What targets come to, remembered. */
  readonly plans = new Plans();
  /** The gateway's own routes, noted before they are made. */
  readonly ownRoutes = new RouteTable();

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
    private readonly shared: SharedStreams,
    private readonly metrics: FrontMetrics,
    private readonly runner: RequestRunner,
  ) {}

  /** Answers `request`, or has `own` do it. */
  handle(request: IncomingMessage, response: ServerResponse, own: OwnListener): void {
    const plan = this.plans.of(request.method ?? '', request.url ?? '/');
    const visit: Visit = { request, response, plan, identity: undefined, ruling: undefined };
    if (plan.kind === 'operations') return this.operate(visit, own);
    this.shedder.arrived += 1;
    try {
      if (request.headers.host === undefined && request.httpVersion === '1.1') throw noHost();
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
    const isStranger = plan.ignoresToken || (plan.edgeKey !== undefined && !this.verifier.knowsTheDead);
    const known = isStranger ? undefined : this.rememberedIdentity(request.headers.authorization);
    if (known === 'unknown') {
      // Checking a signature is work, so it is counted like any other of a stranger.
      if (this.count(visit, this.limits.address.take(addressGroupOf(request))))
        void this.introduce(visit, own);
      return;
    }
    visit.identity = known;
    if (this.admit(visit) && !this.fromMemory(visit)) this.continue(visit, own);
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
      if (this.admit(visit) && !this.fromMemory(visit)) this.continue(visit, own);
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

  /** Whether the limits let the request on; else it is answered, without a throw, which a flood would feel. */
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
      throw notFound();
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

  private continue(visit: Visit, own: OwnListener): void {
    const { plan, identity, request } = visit;
    if (!plan.target) throw invalidPath;
    const { match } = plan;
    if (plan.isProfile) return this.runner.run(visit, () => this.profile(visit));
    if (match.kind === 'unknown') return this.passOwn(visit, own, plan.target);
    if (match.kind === 'method') throw methodNotAllowed(request.method ?? '', match.allowed);
    const { route } = match;
    if (!isProxied(route)) return this.runner.pass(visit, own);
    if (route.caller !== 'public' && !identity) throw unauthorized();
    if (wantsStream(route, request)) return this.stream(visit, route, plan.target);
    const { edgeKey } = plan;
    if (edgeKey !== undefined && !isStaff(identity)) {
      return this.runner.run(visit, () => this.forwarder.fromEdge(visit, route, edgeKey));
    }
    this.runner.run(visit, (body) => this.forwarder.forward(visit, route, body), route);
  }

  /** To the gateway's own routes. @throws Problem 404, 405 before anything of a body is read */
  private passOwn(visit: Visit, own: OwnListener, { path }: Target): void {
    const method = visit.request.method ?? '';
    const allowed = this.ownRoutes.methodsOf(path);
    if (allowed.length === 0) throw notFound();
    if (!allowed.includes(method)) throw methodNotAllowed(method, allowed);
    this.runner.pass(visit, own);
  }

  private stream(visit: Visit, route: ProxiedRoute, { path, query }: Target): void {
    const onlyStream = visit.request.headers.accept?.trim().toLowerCase() === eventStreamType;
    // Whoever would take something else too, or asks for more, is the service's to answer.
    if (route.stream !== 'shared' || !onlyStream || query !== '') return this.forwarder.stream(visit, route);
    this.shared.open(visit, route, path, (answer) =>
      this.runner.run(visit, () => this.forwarder.send(visit, answer)),
    );
  }

  private async profile(visit: Visit): Promise<void> {
    if (!visit.identity) throw unauthorized();
    const faults = unknownFields(new URLSearchParams(visit.plan.target?.query).keys());
    if (faults.length > 0) throw validationFailed(faults);
    this.metrics.profiles.loads += 1;
    sendProfile(visit, await this.profiles.load(visit.identity), 'load');
  }
}

/** Made once for each wait: in a flood the stack of a new error would cost more than the whole refusal. */
const refusals = new Map<number, Problem>();

function rateLimited(waitSeconds: number): Problem {
  const known = refusals.get(waitSeconds);
  if (known) return known;
  const problem = new Problem(429, 'rate_limited', 'There were too many requests. Wait a moment.', {
    headers: { 'retry-after': String(waitSeconds) },
  });
  refusals.set(waitSeconds, problem);
  return problem;
}

function notFound(): Problem {
  return new Problem(404, 'not_found', 'There is nothing at this path.');
}

/** Node would answer this one itself, without a body. */
function noHost(): Problem {
  return new Problem(400, 'bad_request', 'An HTTP/1.1 request names its host.', {
    headers: { connection: 'close' },
  });
}

/** Who may see more of the catalogue than everybody: never served from what everybody shares. */
function isStaff(identity: Identity | undefined): boolean {
  return hasRole(identity, 'registrar') || hasRole(identity, 'instructor');
}

function wantsStream({ stream }: ProxiedRoute, request: IncomingMessage): boolean {
  if (stream === 'never' || request.method !== 'GET') return false;
  return stream === 'always' || (request.headers.accept ?? '').toLowerCase().includes(eventStreamType);
}
