export { AdaptiveLimit } from './adaptive-limit.ts';
export { KeyedQueue } from './keyed-queue.ts';
export { LoopDelay } from './loop-delay.ts';
export { PeriodicTask } from './periodic-task.ts';
export { backoffMs, retryWithBackoff, type Backoff, type RetryPolicy } from './retry-with-backoff.ts';
export { SingleFlight } from './single-flight.ts';
