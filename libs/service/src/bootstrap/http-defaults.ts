import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { jsonBodyLimitBytes } from '@registrar/contracts-http';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { refuseBadPath } from '../problems/bad-path.ts';
import { measureRequests } from '../metrics/http-metrics.ts';
import { Problem } from '../problems/problem.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { recordRequest } from '../tracing/request-span.ts';
import { spanRecorder } from '../tracing/span-recorder.ts';
import { everyAnswer } from '../problems/every-answer.ts';
import { runInTrace, traceOf } from '../tracing/trace-context.ts';
import { RouteTable } from './route-table.ts';

/** The HTTP server of a service, with limits. Keep-alive outlives the gateway's pool, so it never races a close. */
export function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: jsonBodyLimitBytes,
    keepAliveTimeout: 65_000,
    connectionTimeout: 0,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: refuseBadPath,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 256 },
  });
}

/** Puts the defaults of every service on `app`: JSON only, traces, problem details, metrics. */
export function applyHttpDefaults(app: NestFastifyApplication, registry: Registry): void {
  const fastify = app.getHttpAdapter().getInstance();
  const routes = new RouteTable();
  routes.watch(fastify);
  acceptJsonOnly(fastify);
  followTraces(fastify);
  measureRequests(fastify, registry);
  refuseUnknownPaths(fastify);
  app.useGlobalFilters(new ProblemFilter(routes));
}

/** Before the body is looked at: at an unknown path its type does not matter, nor whether it is there. */
function refuseUnknownPaths(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? new Problem(404, 'not_found', 'There is nothing at this path.') : undefined);
  });
}

/** Half a surrogate pair may be written in JSON, but is no character: no store keeps it as it is. */
const surrogate = /\\u[dD][89a-fA-F]/;

function isWellFormed(value: unknown): boolean {
  const rest = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string' && !next.isWellFormed()) return false;
    if (typeof next === 'object' && next !== null) rest.push(...Object.keys(next), ...Object.values(next));
  }
  return true;
}

/** An empty body is none: the schema then names what is missing. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  // `__proto__` is left to the strict schemas, for which it is an unknown field.
  const parse = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    void parse(request, body as string, (error, value) => {
      const isGood = !error && (!surrogate.test(body as string) || isWellFormed(value));
      if (isGood) done(null, value);
      else done(new Problem(400, 'invalid_json', 'The body is not valid JSON.'));
    });
  });
}

/** The context is entered twice: reading a body continues in the socket's context, not in the request's. */
function followTraces(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const trace = traceOf(request.raw);
    if (spanRecorder()) recordRequest(request.raw, reply.raw, () => request.routeOptions.url);
    void reply.headers(everyAnswer(trace));
    runInTrace(trace, done);
  });
  fastify.addHook('preValidation', (request, _reply, done) => runInTrace(traceOf(request.raw), done));
}
