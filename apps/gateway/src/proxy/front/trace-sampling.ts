import type { IncomingMessage } from 'node:http';
import type { ServiceTokens } from '@registrar/auth';
import { takeUpTrace } from '@registrar/service';

/**
 * Decides for every request whether its trace is recorded (`OTEL_TRACES_SAMPLER_ARG`): the id of a client's
 * `traceparent` is taken up, its sampled flag is not. Calls of our own services bring a decision of ours.
 */
export function decideSampling(services: ServiceTokens): (request: IncomingMessage) => void {
  return (request) => {
    if (!isOfService(request, services)) takeUpTrace(request);
  };
}

function isOfService({ url, headers }: IncomingMessage, services: ServiceTokens): boolean {
  if (!url?.startsWith('/internal/')) return false;
  try {
    services.verify((headers.authorization ?? '').replace(/^Bearer /, ''));
    return true;
  } catch {
    return false;
  }
}
