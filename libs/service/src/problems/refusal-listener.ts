import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem } from './problem.ts';

/** Is notified of each 403 before it goes out. Must not throw, and is not waited for. */
export type RefusalListener = (problem: Problem, request: FastifyRequest) => void;

const listenerKey = Symbol('listener to refusals');

/** Tells `listener` of every 403 that `fastify` answers, whatever refused it: a guard, a handler. One for an app. */
export function listenToRefusals(fastify: FastifyInstance, listener: RefusalListener): void {
  Object.assign(fastify, { [listenerKey]: listener });
}

/** The listener of the app that a request came to, where there is one. */
export function refusalListenerOf({ server }: FastifyRequest): RefusalListener | undefined {
  return (server as { [listenerKey]?: RefusalListener })[listenerKey];
}
