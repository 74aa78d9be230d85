import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { traceOf, traceparentOf } from '@registrar/service';
import type { Ruling } from '../admission/rate-limits.ts';
import type { Plan } from '../routing/plan.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';

/** A request on its way through the front door, with what was found out about it. */
export interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  plan: Plan;
  /** Who asks; undefined for nobody known. */
  identity: Identity | undefined;
  ruling: Ruling | undefined;
}

/** Who may see more of the catalogue than everybody, and whose writes are audited. */
export function isStaff(identity: Identity | undefined): boolean {
  return hasRole(identity, 'registrar') || hasRole(identity, 'instructor');
}

/** The headers that say how much more the caller may ask for. */
export function rateHeaders({ ruling }: Pick<Visit, 'ruling'>): Record<string, string> {
  return ruling && ruling.policy !== '' ? { 'ratelimit-policy': ruling.policy, ratelimit: ruling.state } : {};
}

/** What the gateway says itself in an answer of a service: trace, limits, safety. */
export function ownHeaders(visit: Visit): Record<string, string> {
  const trace = traceOf(visit.request);
  return {
    traceparent: traceparentOf(trace),
    'x-request-id': trace.requestId,
    ...rateHeaders(visit),
    ...safetyHeaders,
  };
}
