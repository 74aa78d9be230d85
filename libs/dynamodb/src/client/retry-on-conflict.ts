import { setTimeout as delay } from 'node:timers/promises';
import { ConditionFailed, StoreUnavailable, TransactionCancelled, isChangeRefused } from './dynamo.errors.ts';

/** Longest pause after the first lost race, ms; it grows by so much with each further one. */
const pauseMs = 10;

/**
 * Optimistic concurrency: runs `work`, which reads, decides and commits on the condition of what it read, again
 * while others change that in between.
 *
 * Failure: StoreUnavailable (503 `service_unavailable`) after `tries` lost races; whatever else `work` throws, as it
 * is. What the store does not take is not tried again.
 */
export async function retryOnConflict<T>(work: () => Promise<T>, tries = 10): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (attempt >= tries) throw new StoreUnavailable(error);
      await delay(Math.random() * pauseMs * attempt);
    }
  }
}

function isLostRace(error: unknown): boolean {
  if (isChangeRefused(error)) return false;
  return error instanceof TransactionCancelled || error instanceof ConditionFailed;
}
