import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { requestOf } from '@registrar/contracts-http';
import type { Route, SentRequest } from '@registrar/contracts-http';
import { endpointOf } from '../load/load-job.ts';
import type { LoadJob, PreparedRequest, Share } from '../load/load-job.ts';

const timeoutMs = 10_000;

/** A run at a fixed rate. */
export function paced(
  url: string,
  shares: readonly Share[],
  load: { connections: number; ratePerSecond: number; seconds: number },
): LoadJob {
  return { kind: 'paced', url, shares, seed: 11, timeoutMs, ...load };
}

/** Each request once, in order, at a fixed rate. */
export function inOrder(
  url: string,
  requests: readonly PreparedRequest[],
  load: { connections: number; ratePerSecond: number },
): LoadJob {
  const seconds = requests.length / load.ratePerSecond;
  return { ...paced(url, [{ weight: 1, requests }], { ...load, seconds }), inOrder: true };
}

/** As much as the server takes, by autocannon. */
export function saturation(
  url: string,
  shares: readonly Share[],
  seconds: number,
  connections = 64,
): LoadJob {
  return { kind: 'saturation', url, shares, seed: 12, timeoutMs, connections, seconds };
}

/** The same by the bench's own generator. */
export function closed(url: string, shares: readonly Share[], seconds: number, connections = 64): LoadJob {
  return { ...saturation(url, shares, seconds, connections), kind: 'closed' };
}

/** Each request once. */
export function once(url: string, requests: readonly PreparedRequest[], connections: number): LoadJob {
  return { kind: 'list', url, shares: [{ weight: 1, requests }], seed: 13, timeoutMs: 60_000, connections };
}

/** Nothing but this one request. */
export function only(request: PreparedRequest): Share[] {
  return [{ weight: 1, requests: [request] }];
}

/** A GET without a token. */
export function anonymous(endpoint: string, path: string): PreparedRequest {
  return { endpoint, method: 'GET', path, headers: { accept: 'application/json' } };
}

/** A request of a route, counted under the route. */
export function prepared(route: Route, { target, headers, body }: SentRequest): PreparedRequest {
  return {
    endpoint: endpointOf(route),
    method: route.method,
    path: target,
    headers: { ...headers, accept: 'application/json' },
    ...(body !== undefined && { body: String(body) }),
  };
}

/** An enrollment with a key of its own. */
export function enrollment(token: string, courseId: string, key: string): PreparedRequest {
  const { enroll } = enrollmentRoutes;
  return prepared(enroll, requestOf(enroll, { token, key, body: { courseId } }));
}
