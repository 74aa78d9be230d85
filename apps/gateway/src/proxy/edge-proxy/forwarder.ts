import type { OutgoingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, traceOf, traceparentOf } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { EdgeCache } from '../edge-cache/edge-cache.ts';
import type { EdgeLoad } from '../edge-cache/edge-cache.ts';
import { courseKeyOf } from '../routing/course-key.rules.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { textOf } from '../routing/target.rules.ts';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { answerHeaders, requestHeaders } from '../upstream/header.rules.ts';
import { OpenStreams } from '../upstream/open-streams.ts';
import type { StreamKind, StreamOwner } from '../upstream/open-streams.ts';
import { isCompressible, compressed } from '../upstream/compression.ts';
import { StreamPipe } from '../upstream/stream-pipe.ts';
import { problemOf } from '../upstream/upstream-faults.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { addressGroupOf, addressOf } from '../../http/client-address.ts';
import { sendEntry } from './cached-response.ts';
import { sendProblem } from '../request-context/problem-response.ts';
import { ownHeaders, rateHeaders } from '../request-context/request-context.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/**
 * Hands requests on to the services: bytes in, the same bytes out.
 *
 * Failure: a problem answer for whatever goes wrong, never a 500 for a service that is away, never a hang.
 */
@Injectable()
export class Forwarder {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'ROUTE_BY_COURSE' | 'STREAM_SILENCE_MS'>,
    private readonly upstreams: Upstreams,
    private readonly edge: EdgeCache,
    private readonly streams: OpenStreams,
  ) {}

  /** One request, one whole answer. */
  async forward(context: RequestContext, route: ProxiedRoute, body: Buffer | undefined): Promise<void> {
    const { request, match } = context;
    const key =
      route.choose === 'by-course' && this.config.ROUTE_BY_COURSE
        ? courseKeyOf(match.target?.path ?? '', body)
        : undefined;
    const call = {
      method: request.method ?? 'GET',
      target: targetText(context),
      headers: requestHeaders(request.headers, this.handedOn(context)),
      body,
      timeLimitMs: route.timeLimitMs,
    };
    const answer = await this.upstreams.of(route.service).call(call, { key });
    if (route.method !== 'GET') this.written(route, answer);
    await this.sendResponse(context, answer);
  }

  /** A catalogue answer through the edge; `key` is the target that it is held under, and asked with. */
  async fromEdge(context: RequestContext, route: ProxiedRoute, key: string): Promise<void> {
    const found = await this.edge.get(key, this.edgeLoad(context, route, key));
    if (context.response.destroyed) return;
    if (found.entry) sendEntry(context, found.entry, found.source);
    else await this.sendResponse(context, found.answer);
  }

  /**
   * The request of the edge cache for what it does not hold: anonymous, without encodings, for all who wait for `key`. Nothing of the
   * request but its key decides the answer.
   */
  edgeLoad(context: RequestContext, route: ProxiedRoute, key: string): EdgeLoad {
    return (tag) => {
      const own = this.handedOn(context);
      const headers: Record<string, string> = {
        accept: 'application/json',
        'accept-encoding': 'identity',
        traceparent: own.traceparent,
        'x-request-id': own.requestId,
        ...(tag === undefined ? {} : { 'if-none-match': `"${tag}"` }),
      };
      const { timeLimitMs } = route;
      const call = { method: 'GET', target: key, headers, body: undefined, timeLimitMs };
      return this.upstreams.of(route.service).call(call);
    };
  }

  /** A stream, for as long as both ends want it. */
  stream(context: RequestContext, route: ProxiedRoute): void {
    const { request, response, identity } = context;
    const address = this.upstreams.of(route.service).choose();
    const owner: StreamOwner = { kind: kindOf(route), identity, group: addressGroupOf(request) };
    response.on(
      'close',
      this.streams.enter(owner, () => pipe.end()),
    );
    const own = ownHeaders(context);
    const failed = (error: Error) =>
      sendProblem(request, response, problemOf(error, route.service), rateHeaders(context));
    const { timeLimitMs: beginMs } = route;
    const silenceMs = this.config.STREAM_SILENCE_MS;
    const pipe = new StreamPipe(response, { own, beginMs, silenceMs, failed });
    const headers = {
      ...requestHeaders(request.headers, this.handedOn(context)),
      'accept-encoding': 'identity',
    };
    address.streamPool.dispatch({ method: 'GET', path: targetText(context), headers }, pipe);
  }

  /** Sends a response of a service, compressed where that is worth it. */
  async sendResponse(context: RequestContext, plain: UpstreamAnswer): Promise<void> {
    const { request, response } = context;
    const accept = request.headers['accept-encoding'] as string | undefined;
    const answer = isCompressible(plain, accept) ? await compressed(plain, accept) : plain;
    if (response.destroyed || response.writableEnded) return;
    const bodiless = answer.status === 204 || answer.status === 304;
    const headers: OutgoingHttpHeaders = {
      ...answerHeaders(answer.headers, response.getHeader('vary')),
      ...ownHeaders(context),
    };
    const length = request.method === 'HEAD' ? answer.headers['content-length'] : String(answer.body.length);
    if (!bodiless && length !== undefined) headers['content-length'] = String(length);
    response.writeHead(answer.status, headers);
    response.end(request.method === 'HEAD' || bodiless ? undefined : answer.body);
  }

  private handedOn({ request }: RequestContext) {
    const trace = traceOf(request);
    return {
      traceparent: traceparentOf(trace),
      requestId: trace.requestId,
      clientAddress: addressOf(request),
    };
  }

  /** What a write through here changed is not served from before it. */
  private written(route: ProxiedRoute, { status }: UpstreamAnswer): void {
    if (status < 300 && route.service === 'courses' && route.caller !== 'public') this.edge.invalidateAll();
  }
}

/** Of which kind a stream is that its service does not share among clients. */
function kindOf({ stream, caller }: ProxiedRoute): StreamKind {
  if (stream !== 'always') return 'passed';
  return caller === 'public' ? 'selected' : 'notifications';
}

function targetText({ match: { target } }: RequestContext): string {
  return target ? textOf(target) : '/';
}
