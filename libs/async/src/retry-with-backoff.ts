import { setTimeout as delay } from 'node:timers/promises';

/** How pauses between tries grow. */
export interface Backoff {
  /** Longest pause after the first try, ms; it doubles with each further one. */
  readonly firstMs: number;
  /** No pause is longer, ms. */
  readonly maxMs: number;
}

/** When a failed call is tried again, and when no more. */
export interface RetryPolicy {
  /** Tries at most, the first included; default no limit. */
  readonly maxAttempts?: number;
  /** No try starts later than this after the first, ms by the monotonic clock; default no limit. */
  readonly deadlineMs?: number;
  readonly backoff: Backoff;
  /** Whether the error may pass; the others are thrown at once. */
  readonly isRetryable: (error: unknown) => boolean;
  /** Told of each failed try that is followed by another. */
  readonly onRetry?: (error: unknown, attempt: number) => void;
}

/**
 * The pause after try number `attempt` (from 1), ms: drawn from zero to a limit that doubles ("full jitter": of the
 * ways that Brooker compared in "Exponential Backoff And Jitter", 2015, the one with the fewest calls under contention).
 *
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, { firstMs, maxMs }: Backoff, random = Math.random()): number {
  return Math.round(random * Math.min(maxMs, firstMs * 2 ** (attempt - 1)));
}

/**
 * Calls `work` until it succeeds, with exponential backoff and full jitter between the tries.
 *
 * Ours instead of p-retry 9, which has no full jitter: it draws a pause from one to two times the exponential, so calls
 * that failed together come back close together.
 *
 * @throws the last error, when it is not retryable, or when the policy's attempts or time are used up
 */
export async function retryWithBackoff<T>(
  work: (attempt: number) => Promise<T>,
  { maxAttempts = Infinity, deadlineMs = Infinity, backoff, isRetryable, onRetry }: RetryPolicy,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const pauseMs = backoffMs(attempt, backoff);
      const isOver = attempt >= maxAttempts || performance.now() + pauseMs >= deadline;
      if (isOver || !isRetryable(error)) throw error;
      onRetry?.(error, attempt);
      await delay(pauseMs);
    }
  }
}
