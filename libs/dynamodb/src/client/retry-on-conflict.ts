import { retryWithBackoff, type RetryPolicy } from '@registrar/async';
import { ConditionFailed, StoreUnavailable, TransactionCancelled, isChangeRefused } from './dynamo.errors.ts';

const defaults = { maxAttempts: 10, backoff: { firstMs: 10, maxMs: 100 } } as const;

/**
 * Optimistic concurrency: runs `work`, which reads, decides and commits on the condition of what it read, again
 * while others change that in between.
 *
 * @param policy other limits than ten tries; a `deadlineMs`; with `isRetryable`, another idea of what a lost race is
 *   than `isLostRace`
 * @throws StoreUnavailable (503 `service_unavailable`) when the limits are reached; what else `work` throws, as it is
 */
export async function retryOnConflict<T>(
  work: (attempt: number) => Promise<T>,
  policy: Partial<RetryPolicy> = {},
): Promise<T> {
  const isRetryable = policy.isRetryable ?? isLostRace;
  try {
    return await retryWithBackoff(work, { ...defaults, ...policy, isRetryable });
  } catch (error) {
    throw isRetryable(error) ? new StoreUnavailable(error) : error;
  }
}

/** Whether a write failed because of another one, so that deciding again may succeed. */
export function isLostRace(error: unknown): boolean {
  if (isChangeRefused(error)) return false;
  return error instanceof TransactionCancelled || error instanceof ConditionFailed;
}
