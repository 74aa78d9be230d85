import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { traceOf, traceparentOf } from '@registrar/service';
import type { Ruling } from '../admission/rate-limits.ts';
import type { RouteMatch } from '../routing/route-match.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';

/** A request on its way through the edge proxy, with what is known about it. */
export interface RequestContext {
  request: IncomingMessage;
  response: ServerResponse;
  match: RouteMatch;
  /** The caller; undefined for an anonymous one. */
  identity: Identity | undefined;
  ruling: Ruling | undefined;
}

/** Whether the caller sees more of the catalogue than the public. */
export function isStaff(identity: Identity | undefined): boolean {
  return hasRole(identity, 'registrar') || hasRole(identity, 'instructor');
}

/** The rate-limit headers of the response. */
export function rateHeaders({ ruling }: Pick<RequestContext, 'ruling'>): Record<string, string> {
  return ruling && ruling.policy !== '' ? { 'ratelimit-policy': ruling.policy, ratelimit: ruling.state } : {};
}

/** Headers that the gateway adds to a service's response: trace, rate limits, safety. */
export function ownHeaders(context: RequestContext): Record<string, string> {
  const trace = traceOf(context.request);
  return {
    traceparent: traceparentOf(trace),
    'x-request-id': trace.requestId,
    ...rateHeaders(context),
    ...safetyHeaders,
  };
}
