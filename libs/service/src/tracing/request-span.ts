import type { IncomingMessage, ServerResponse } from 'node:http';
import { spanRecorder } from './span-recorder.ts';
import { traceOf } from './trace-context.ts';

type RouteOf = () => string | undefined;

const routeKey = Symbol('route of the span');

interface Recorded extends IncomingMessage {
  [routeKey]?: RouteOf;
}

/**
 * Records a request as a span, from now to the end of its answer. A second call for the same request only says
 * better which route it took: the gateway's front door stands before its own routes.
 *
 * @param routeOf the route's template, asked for at the end; undefined where there is none
 */
export function recordRequest(request: IncomingMessage, response: ServerResponse, routeOf: RouteOf): void {
  const recorded: Recorded = request;
  const isKnown = recorded[routeKey] !== undefined;
  recorded[routeKey] = routeOf;
  const recorder = spanRecorder();
  if (isKnown || !recorder) return;
  const method = request.method ?? '';
  const span = recorder.begin(traceOf(request), {
    name: method,
    kind: 'server',
    attributes: { 'http.request.method': method },
  });
  response.once('close', () => {
    const route = recorded[routeKey]?.();
    const status = response.statusCode;
    span.end({
      ...(route === undefined ? {} : { name: `${method} ${route}` }),
      attributes: {
        'http.response.status_code': status,
        ...(route === undefined ? {} : { 'http.route': route }),
      },
      ...(status >= 500 ? { error: String(status) } : {}),
    });
  });
}
