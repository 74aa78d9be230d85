import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, eventStreamType, overloaded, traceOf, traceparentOf } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { addressGroupOf } from '../../http/client-address.ts';
import { sendProblem } from '../request-context/problem-response.ts';
import { ownHeaders, rateHeaders } from '../request-context/request-context.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { answerHeaders } from '../upstream/header.rules.ts';
import { OpenStreams } from '../upstream/open-streams.ts';
import { retryHint } from '../upstream/retry-hint.rules.ts';
import { problemOf } from '../upstream/upstream-faults.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { SharedStream } from './shared-stream.ts';
import type { StreamClient } from './shared-stream.ts';

/**
 * The public event streams of this instance: one upstream stream for all clients of a path.
 *
 * Guarantee: thousands of clients of one course cost its service one stream. Failure: that of `OpenStreams.enter`,
 * else what the service answered.
 */
@Injectable()
export class SharedStreams {
  private readonly shared = new Map<string, SharedStream>();

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<GatewayConfig, 'STREAM_SILENCE_MS'>,
    private readonly upstreams: Upstreams,
    private readonly streams: OpenStreams,
  ) {}

  /** Open upstream streams. */
  get upstreamCount(): number {
    return this.shared.size;
  }

  /**
   * Subscribes a client to the stream of `path`.
   *
   * @param refused called with an answer of the service that is no stream
   */
  open(
    context: RequestContext,
    route: ProxiedRoute,
    path: string,
    refused: (answer: UpstreamAnswer) => void,
  ): void {
    const { identity, request, response } = context;
    const client = clientOf(context, route, refused);
    const kind = identity ? 'signed-in' : 'anonymous';
    const over = this.streams.enter({ kind, identity, group: addressGroupOf(request) }, () => {
      // A response in the queue of its connection does not close at once, and gets nothing more.
      stream.removeClient(client);
      client.end();
    });
    const stream = this.shared.get(path) ?? this.share(context, route, path);
    response.on('close', () => {
      stream.removeClient(client);
      over();
    });
    stream.addClient(client);
  }

  private share(context: RequestContext, route: ProxiedRoute, path: string): SharedStream {
    const trace = traceOf(context.request);
    const headers = {
      accept: eventStreamType,
      'accept-encoding': 'identity',
      traceparent: traceparentOf(trace),
      'x-request-id': trace.requestId,
    };
    const stream = new SharedStream(
      { beginMs: route.timeLimitMs, silenceMs: this.config.STREAM_SILENCE_MS },
      (upstream) => {
        const address = this.upstreams.of(route.service).choose();
        address.streamPool.dispatch({ method: 'GET', path, headers }, upstream);
      },
      () => {
        if (this.shared.get(path) === stream) this.shared.delete(path);
      },
    );
    this.shared.set(path, stream);
    return stream;
  }
}

function clientOf(
  context: RequestContext,
  route: ProxiedRoute,
  refused: (answer: UpstreamAnswer) => void,
): StreamClient {
  const { request, response } = context;
  response.on('error', () => response.destroy());
  return {
    begin(headers) {
      if (response.headersSent || response.writableEnded || response.destroyed) return;
      response.writeHead(200, {
        ...answerHeaders(headers, response.getHeader('vary')),
        ...ownHeaders(context),
        'x-accel-buffering': 'no',
      });
      response.flushHeaders();
    },
    write(block) {
      if (!response.writableEnded && !response.destroyed) response.write(block);
    },
    get pendingBytes() {
      return response.writableLength;
    },
    refuse: refused,
    fail: (error) => sendProblem(request, response, problemOf(error, route.service), rateHeaders(context)),
    end() {
      if (response.writableEnded || response.destroyed) return;
      if (response.headersSent) response.end(retryHint(Math.random()));
      else sendProblem(request, response, overloaded(2), rateHeaders(context));
    },
    cut: () => void response.destroy(),
  };
}
