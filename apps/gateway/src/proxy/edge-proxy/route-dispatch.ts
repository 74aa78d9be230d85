import type { IncomingMessage, RequestListener } from 'node:http';
import { Injectable } from '@nestjs/common';
import { eventStreamType, unauthorized, unknownFields, validationFailed } from '@registrar/service';
import { ProfileCache } from '../../identity/index.ts';
import { Portal, portalMethods, sendFile } from '../../portal/index.ts';
import { isProxied } from '../../routes/routes.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { SharedStreams } from '../sse/shared-streams.ts';
import type { Target } from '../routing/target.rules.ts';
import { isStaff, ownHeaders } from '../request-context/request-context.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Forwarder } from './forwarder.ts';
import { ProxyMetrics } from './proxy-metrics.ts';
import { sendProfile } from './cached-response.ts';
import { invalidPath, methodNotAllowed, notFound } from './refusals.ts';
import { RequestRunner } from './request-runner.ts';

/**
 * Dispatches an admitted request that memory cannot answer: to a service, to a stream, by Nest to the gateway's own
 * routes, or to the portal's files.
 *
 * Guarantee: 400, 404, 405 and 401 are decided before anything of a body is read. Failure: throws a refusal; later
 * failures are sent as problem details.
 */
@Injectable()
export class RouteDispatch {
  constructor(
    private readonly forwarder: Forwarder,
    private readonly shared: SharedStreams,
    private readonly profiles: ProfileCache,
    private readonly metrics: ProxyMetrics,
    private readonly runner: RequestRunner,
    private readonly portal: Portal,
  ) {}

  /** @throws Problem 400, 404, 405, 401, 415 */
  dispatch(context: RequestContext, nest: RequestListener): void {
    const { match, identity, request } = context;
    const { target, lookup, edgeKey } = match;
    if (!target) throw invalidPath;
    if (match.isProfile) return this.runner.answerWith(context, () => this.profile(context, target));
    if (lookup.kind === 'unknown') return this.fromPortal(context, target);
    if (lookup.kind === 'method') throw methodNotAllowed(request.method ?? '', lookup.allowed);
    const { route } = lookup;
    if (!isProxied(route)) return this.runner.passToNest(context, nest);
    if (route.caller !== 'public' && !identity) throw unauthorized();
    if (wantsStream(route, request)) return this.stream(context, route, target);
    if (edgeKey !== undefined && !isStaff(identity)) {
      return this.runner.answerWith(context, () => this.forwarder.fromEdge(context, route, edgeKey));
    }
    this.runner.answerWith(context, (body) => this.forwarder.forward(context, route, body), route);
  }

  /** What no route of the API is may be the portal's. @throws Problem 404, 405 */
  private fromPortal(context: RequestContext, { path }: Target): void {
    const { request, response } = context;
    const file = this.portal.fileAt(path);
    if (!file) throw notFound;
    const method = request.method ?? '';
    if (!portalMethods.some((each) => each === method)) throw methodNotAllowed(method, portalMethods);
    sendFile(request, response, file, ownHeaders(context));
  }

  private stream(context: RequestContext, route: ProxiedRoute, { path, query }: Target): void {
    const onlyStream = context.request.headers.accept?.trim().toLowerCase() === eventStreamType;
    // The service answers a client that takes other types too, or sends a query.
    if (route.stream !== 'shared' || !onlyStream || query !== '')
      return this.forwarder.stream(context, route);
    this.shared.open(context, route, path, (answer) =>
      this.runner.answerWith(context, () => this.forwarder.sendResponse(context, answer)),
    );
  }

  private async profile(context: RequestContext, { query }: Target): Promise<void> {
    if (!context.identity) throw unauthorized();
    const faults = unknownFields(new URLSearchParams(query).keys());
    if (faults.length > 0) throw validationFailed(faults);
    this.metrics.profiles.loads += 1;
    sendProfile(context, await this.profiles.load(context.identity), 'load');
  }
}

function wantsStream({ stream }: ProxiedRoute, request: IncomingMessage): boolean {
  if (stream === 'never' || request.method !== 'GET') return false;
  return stream === 'always' || (request.headers.accept ?? '').toLowerCase().includes(eventStreamType);
}
