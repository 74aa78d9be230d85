/** How a mail is tried again. */
interface RetrySettings {
  maxAttempts: number;
  /** First wait; it doubles each time. */
  baseMs: number;
  /** Longest wait. */
  capMs: number;
}

/**
 * How long to wait after attempt number `attempt`, in milliseconds, or undefined when it was the last. Half of
 * each wait is random, so that mails that failed together do not come back together.
 *
 * @param random a number in [0, 1)
 */
export function retryAfterMs(attempt: number, settings: RetrySettings, random: number): number | undefined {
  if (attempt >= settings.maxAttempts) return undefined;
  const waitMs = Math.min(settings.capMs, settings.baseMs * 2 ** (attempt - 1));
  return Math.round(waitMs * (0.5 + random / 2));
}
