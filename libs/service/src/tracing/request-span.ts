import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind, markFailed, spanRecorder } from './span-recorder.ts';
import { traceOf } from './trace-context.ts';

type RouteOf = () => string | undefined;

const routeKey = Symbol('route of the span');

/**
 * Records a request as a span, from now to the end of its answer. A second call for the same request only says
 * better which route it took: the gateway's edge proxy stands before its own routes.
 *
 * @param routeOf the route's template, asked for at the end; undefined where there is none
 */
export function recordRequest(
  request: IncomingMessage & { [routeKey]?: RouteOf },
  response: ServerResponse,
  routeOf: RouteOf,
): void {
  const recorder = request[routeKey] ? undefined : spanRecorder();
  request[routeKey] = routeOf;
  if (!recorder) return;
  const { method = '' } = request;
  const attributes = { 'http.request.method': method };
  const span = recorder.begin(traceOf(request), { name: method, kind: SpanKind.SERVER, attributes });
  response.once('close', () => {
    const route = request[routeKey]?.();
    if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) markFailed(span, response.statusCode);
    span.end();
  });
}
