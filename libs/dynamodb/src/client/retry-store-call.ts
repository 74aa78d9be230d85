import { retryWithBackoff, type Backoff, type RetryPolicy } from '@registrar/async';
import { retries } from './dynamo.metrics.ts';
import { StoreUnavailable } from './dynamo.errors.ts';
import { faultOf, isPassing, type Fault } from './faults.rules.ts';

/** Pauses between the tries of one call to the store. */
export const storeBackoff: Backoff = { firstMs: 25, maxMs: 400 };

/** How often and how long one call is tried. */
export type RetryLimits = Required<Pick<RetryPolicy, 'maxAttempts' | 'deadlineMs'>>;

/** How a call failed in the end. */
export interface Failure {
  fault: Fault;
  error: unknown;
  /** Whether any try got no answer, so that it may have been done. */
  lostAnswer: boolean;
}

/**
 * Tries `call` again while its fault is a passing one, within the limits.
 *
 * @param finalError gives the error to throw for a fault that is not worth another try, or undefined where it is
 * @throws what `finalError` gives; StoreUnavailable when the limits are reached; the SDK's error when `call` is wrong
 */
export async function retryStoreCall<T>(
  call: () => Promise<T>,
  limits: RetryLimits,
  finalError: (failure: Failure) => Error | undefined = () => undefined,
): Promise<T> {
  let last: Failure = { fault: 'refused', error: undefined, lostAnswer: false };
  const attempt = async () => {
    try {
      return await call();
    } catch (error) {
      const fault = faultOf(error);
      last = { fault, error, lostAnswer: last.lostAnswer || fault === 'lost' };
      throw finalError(last) ?? error;
    }
  };
  const isRetryable = (error: unknown) => error === last.error && isPassing(last.fault);
  try {
    return await retryWithBackoff(attempt, {
      ...limits,
      backoff: storeBackoff,
      isRetryable,
      onRetry: () => retries.inc({ fault: last.fault }),
    });
  } catch (error) {
    throw isRetryable(error) ? new StoreUnavailable(error) : error;
  }
}
