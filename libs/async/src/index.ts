export { KeyedQueue, type KeyedQueueOptions } from './keyed-queue.ts';
export { PeriodicTask, type PeriodicTaskOptions } from './periodic-task.ts';
export { backoffMs, retryWithBackoff, type Backoff, type RetryPolicy } from './retry-with-backoff.ts';
export { SingleFlight } from './single-flight.ts';
