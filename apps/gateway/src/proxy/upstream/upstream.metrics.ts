import { latencyBuckets } from '@registrar/service';
import { Histogram } from 'prom-client';

/**
 * Calls to the services, each try by itself. `outcome`: the class of the answer's status (`2xx`), or `timeout`,
 * `connection` (refused, broken), `open` (not sent, as the breaker is open).
 */
export const upstreamSeconds = new Histogram({
  name: 'gateway_upstream_request_duration_seconds',
  help: 'Time of a call to an address of a service, each try by itself, by outcome',
  labelNames: ['service', 'address', 'outcome'] as const,
  buckets: latencyBuckets,
});
