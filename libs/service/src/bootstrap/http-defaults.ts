import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { measureRequests } from '../metrics/http-metrics.ts';
import { Problem } from '../problems/problem.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { recordRequest } from '../tracing/request-span.ts';
import { spanRecorder } from '../tracing/span-recorder.ts';
import { runInTrace, traceOf, traceparentOf } from '../tracing/trace-context.ts';
import { validationPipe } from '../validation/validation.pipe.ts';
import { RouteTable } from './route-table.ts';

/** Bodies beyond this are 413. */
export const bodyLimitBytes = 1_048_576;

/** The HTTP server of a service, with limits. Keep-alive outlives the gateway's pool, so it never races a close. */
export function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    keepAliveTimeout: 65_000,
    connectionTimeout: 0,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 256 },
  });
}

/** Puts the defaults of every service on `app`: JSON only, traces, validation, problem details, metrics. */
export function applyHttpDefaults(app: NestFastifyApplication, registry: Registry): void {
  const fastify = app.getHttpAdapter().getInstance();
  const routes = new RouteTable();
  routes.watch(fastify);
  acceptJsonOnly(fastify);
  followTraces(fastify);
  measureRequests(fastify, registry);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(routes));
}

/** An empty body is none: the schema then names what is missing. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    void parse(request, body as string, (error, value) =>
      error ? done(new Problem(400, 'invalid_json', 'The body is not valid JSON.')) : done(null, value),
    );
  });
}

/** The context is entered twice: reading a body continues in the socket's context, not in the request's. */
function followTraces(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const trace = traceOf(request.raw);
    if (spanRecorder()) recordRequest(request.raw, reply.raw, () => request.routeOptions.url);
    void reply.headers({
      traceparent: traceparentOf(trace),
      'x-request-id': trace.requestId,
      'x-content-type-options': 'nosniff',
    });
    runInTrace(trace, done);
  });
  fastify.addHook('preValidation', (request, _reply, done) => runInTrace(traceOf(request.raw), done));
}
