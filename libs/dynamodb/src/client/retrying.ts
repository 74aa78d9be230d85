import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '@registrar/service';
import { retries } from './dynamo.metrics.ts';
import { StoreUnavailable } from './dynamo.errors.ts';
import { backoffMs, faultOf, isPassing, type Fault } from './faults.rules.ts';

/** How patient a call is. */
export interface Patience {
  /** Tries at most, the first included. */
  attempts: number;
  /** No new try starts later than this after the first, in milliseconds. */
  budgetMs: number;
}

/** How a call failed in the end. */
export interface Failure {
  fault: Fault;
  error: unknown;
  /** Whether any try got no answer, so that it may have been done. */
  lostAnswer: boolean;
}

/**
 * Tries `call` again while its fault is a passing one, within the limits of `patience`.
 *
 * @param final gives the error to throw for a fault that is not worth another try, or undefined where it is
 * @throws what `final` gives; StoreUnavailable when the limits are reached; the SDK's error when `call` is wrong
 */
export async function retrying<T>(
  call: () => Promise<T>,
  patience: Patience,
  final: (failure: Failure) => Error | undefined,
): Promise<T> {
  const deadline = steadyNow() + patience.budgetMs;
  let lostAnswer = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const fault = faultOf(error);
      lostAnswer ||= fault === 'lost';
      const known = final({ fault, error, lostAnswer });
      if (known) throw known;
      if (!isPassing(fault)) throw error;
      const waitMs = backoffMs(attempt, Math.random());
      if (attempt >= patience.attempts || steadyNow() + waitMs >= deadline) throw new StoreUnavailable(error);
      retries.inc({ fault });
      await delay(waitMs);
    }
  }
}
