import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '@registrar/auth';
import type { Ruling } from '../admission/rate-limits.ts';
import type { Plan } from './plan.ts';

/** A request on its way through the front door, with what was found out about it. */
export interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  plan: Plan;
  /** Who asks; undefined for nobody known. */
  identity: Identity | undefined;
  ruling: Ruling | undefined;
}

/** The headers that say how much more the caller may ask for. */
export function rateHeaders({ ruling }: Pick<Visit, 'ruling'>): Record<string, string> {
  return ruling && ruling.policy !== '' ? { 'ratelimit-policy': ruling.policy, ratelimit: ruling.state } : {};
}
