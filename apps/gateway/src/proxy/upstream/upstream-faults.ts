import { Problem, serviceUnavailable } from '@registrar/service';

/** A service did not answer within the time limit of the route. */
export class UpstreamTimeout extends Error {
  override readonly name = 'UpstreamTimeout';
}

/** Codes of faults of the connection itself: the address is not there, or hung up. */
const connectionFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the connection failed, rather than the service. */
export function isConnectionFault(error: unknown): boolean {
  return connectionFaults.has(codeOf(error));
}

/** The problem of a fault: 504 for a late response, 503 for everything else. */
export function problemOf(error: unknown, service: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof UpstreamTimeout || codeOf(error) === 'UND_ERR_HEADERS_TIMEOUT') {
    const detail = `The ${service} service did not answer in time.`;
    return new Problem(504, 'upstream_timeout', detail, {
      params: { service },
      headers: { 'retry-after': '1' },
      cause: error,
    });
  }
  return serviceUnavailable(`The ${service} service cannot be reached at the moment.`, error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
