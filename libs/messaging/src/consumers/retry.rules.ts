import { ConditionFailed, TransactionCancelled } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { RetryLater } from './retry-later.ts';

/** How often a handler may fail on one event before the event is dead-lettered; outages do not count. */
export const maxFailures = 5;

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** True for faults that the event has no part in: trying again will do, however often. */
export function isInfrastructureFault(error: unknown): boolean {
  if (error instanceof RetryLater) return true;
  // A condition that does not hold is the handler's to understand, though over HTTP it is answered with 503.
  if (error instanceof ConditionFailed) return false;
  if (error instanceof TransactionCancelled) return error.isPassing;
  if (error instanceof Problem) return error.status >= 502 && error.status <= 504;
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && connectionCodes.has(error.code)) return true;
  if ('retriable' in error && error.retriable === true) return true;
  // What ioredis throws with its offline queue off.
  if (error.name === 'MaxRetriesPerRequestError' || /isn't writeable/.test(error.message)) return true;
  return isInfrastructureFault(error.cause);
}

/**
 * How long to wait after failure number `attempt` of its kind, in milliseconds.
 *
 * Four waits before the fifth and last try of an event: about 0.3, 1, 3 and 6 s, ten together. For
 * infrastructure the waits end at 5 s and go on so. A quarter of each is random.
 *
 * @param random a number in [0, 1)
 */
export function retryDelayMs(attempt: number, infrastructure: boolean, random: number): number {
  const wait = infrastructure
    ? Math.min(5_000, 250 * 2 ** (attempt - 1))
    : Math.min(6_000, 300 * 3.2 ** (attempt - 1));
  return Math.round(wait * (0.875 + random / 4));
}
