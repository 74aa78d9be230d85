import { createRequire } from 'node:module';

/** What is read and replaced of kafkajs' queue of requests to one broker. */
export interface RequestQueue {
  pending: readonly unknown[];
  /** Milliseconds since the epoch; in the past where the broker does not throttle. */
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  prototype: RequestQueue;
};
const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;

/**
 * Lets connections to Kafka rest while nothing waits on them.
 *
 * kafkajs 2.2.4 sets a timer to look for requests that a throttled broker holds up, also where none waits and
 * nothing throttles; the time it computes then lies in the past, so that Node fires it each millisecond, for every
 * connection and for ever. That was a quarter of what an app did at rest. Its maker has not released since.
 */
export function restWhenIdle(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests() {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
