import type { IncomingMessage } from 'node:http';
import type { ServiceTokens } from '@registrar/auth';
import { takeUpTrace } from '@registrar/service';

/**
 * Decides for every request whether its trace is recorded (`OTEL_TRACES_SAMPLER_ARG`): the id of a client's
 * `traceparent` is taken up, its sampled flag is not. Calls of our own services bring a decision of ours.
 */
export function decideSampling(services: ServiceTokens): (request: IncomingMessage) => void {
  return (request) => {
    const isInternal = request.url?.startsWith('/internal/') === true;
    if (isInternal && services.callerOf(request.headers.authorization) !== undefined) return;
    takeUpTrace(request);
  };
}
