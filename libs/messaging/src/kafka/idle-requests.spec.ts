import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './create-kafka.ts';
import type { RequestQueue } from './idle-requests.ts';

const Queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => RequestQueue;

describe('a connection to Kafka', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const queue = () =>
    new Queue({ maxInFlightRequests: 1, requestTimeout: 1_000, clientId: 'c', broker: 'b' });

  it('sets no timer while nothing waits', () => {
    queue().scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks again for what the broker holds up', () => {
    const throttled = queue();
    throttled.throttledUntil = Date.now() + 500;
    throttled.scheduleCheckPendingRequests();
    const full = queue();
    full.pending = [{}];
    full.scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(2);
  });
});
