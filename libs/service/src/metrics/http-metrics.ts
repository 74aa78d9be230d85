import type { FastifyInstance } from 'fastify';
import { Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Bounds in seconds, close together where the latency goals lie. */
export const latencyBuckets = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.15, 0.5, 1, 2.5, 10];

/** Rate, errors and duration of every route: one histogram by method, route and status. */
export function measureRequests(fastify: FastifyInstance, registry: Registry): void {
  const duration = requestDuration(registry);
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

const name = 'http_server_request_duration_seconds';

/** The one histogram of a registry: several services in one process, as in tests, share it. */
function requestDuration(registry: Registry): Histogram<'method' | 'route' | 'status'> {
  const known = registry.getSingleMetric(name);
  if (known instanceof Histogram) return known;
  return new Histogram({
    name,
    help: 'Time from the request line to the last byte of the answer, by route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: latencyBuckets,
    registers: [registry],
  });
}
