import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { eventStreamType, unauthorized, unknownFields, validationFailed } from '@registrar/service';
import { ProfileCache } from '../../identity/index.ts';
import { isProxied } from '../../routes/routes.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { SharedStreams } from '../live/shared-streams.ts';
import type { Target } from '../routing/target.rules.ts';
import { isStaff } from '../visit/visit.ts';
import type { Visit } from '../visit/visit.ts';
import { Forwarder } from './forwarder.ts';
import { FrontMetrics } from './front-metrics.ts';
import { sendProfile } from './held-answers.ts';
import { invalidPath, methodNotAllowed, notFound } from './refusals.ts';
import { RequestRunner } from './request-runner.ts';
import type { OwnListener } from './request-runner.ts';

/**
 * Dispatches an admitted request that memory does not answer: to a service, a stream, or the gateway's own routes,
 * which alone go on to Fastify and Nest.
 *
 * Guarantee: 400, 404, 405 and 401 are decided before anything of a body is read. Failure: throws what is to be
 * answered; what goes wrong later is answered as problem details.
 */
@Injectable()
export class RouteDispatch {
  constructor(
    private readonly forwarder: Forwarder,
    private readonly shared: SharedStreams,
    private readonly profiles: ProfileCache,
    private readonly metrics: FrontMetrics,
    private readonly runner: RequestRunner,
  ) {}

  /** @throws Problem 400, 404, 405, 401, 415 */
  dispatch(visit: Visit, own: OwnListener): void {
    const { plan, identity, request } = visit;
    const { target, match, edgeKey } = plan;
    if (!target) throw invalidPath;
    if (plan.isProfile) return this.runner.run(visit, () => this.profile(visit, target));
    if (match.kind === 'unknown') throw notFound;
    if (match.kind === 'method') throw methodNotAllowed(request.method ?? '', match.allowed);
    const { route } = match;
    if (!isProxied(route)) return this.runner.pass(visit, own);
    if (route.caller !== 'public' && !identity) throw unauthorized();
    if (wantsStream(route, request)) return this.stream(visit, route, target);
    if (edgeKey !== undefined && !isStaff(identity)) {
      return this.runner.run(visit, () => this.forwarder.fromEdge(visit, route, edgeKey));
    }
    this.runner.run(visit, (body) => this.forwarder.forward(visit, route, body), route);
  }

  private stream(visit: Visit, route: ProxiedRoute, { path, query }: Target): void {
    const onlyStream = visit.request.headers.accept?.trim().toLowerCase() === eventStreamType;
    // The service answers a client that takes other types too, or sends a query.
    if (route.stream !== 'shared' || !onlyStream || query !== '') return this.forwarder.stream(visit, route);
    this.shared.open(visit, route, path, (answer) =>
      this.runner.run(visit, () => this.forwarder.send(visit, answer)),
    );
  }

  private async profile(visit: Visit, { query }: Target): Promise<void> {
    if (!visit.identity) throw unauthorized();
    const faults = unknownFields(new URLSearchParams(query).keys());
    if (faults.length > 0) throw validationFailed(faults);
    this.metrics.profiles.loads += 1;
    sendProfile(visit, await this.profiles.load(visit.identity), 'load');
  }
}

function wantsStream({ stream }: ProxiedRoute, request: IncomingMessage): boolean {
  if (stream === 'never' || request.method !== 'GET') return false;
  return stream === 'always' || (request.headers.accept ?? '').toLowerCase().includes(eventStreamType);
}
