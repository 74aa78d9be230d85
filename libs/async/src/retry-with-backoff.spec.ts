import { describe, expect, it } from 'vitest';
import { backoffMs, retryWithBackoff } from './retry-with-backoff.ts';

const backoff = { firstMs: 1, maxMs: 2 };

/** Fails so many times, then gives the number of the call. */
function failing(times: number) {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls <= times) throw new Error(`failure ${calls}`);
    return Promise.resolve(calls);
  };
}

describe('retryWithBackoff', () => {
  it('tries again until it succeeds, and reports each failed try', async () => {
    const reported: number[] = [];
    const result = await retryWithBackoff(failing(3), {
      backoff,
      isRetryable: () => true,
      onRetry: (_, attempt) => reported.push(attempt),
    });
    expect(result).toBe(4);
    expect(reported).toEqual([1, 2, 3]);
  });

  it('throws the last error when the attempts are used up', async () => {
    const policy = { maxAttempts: 3, backoff, isRetryable: () => true };
    await expect(retryWithBackoff(failing(9), policy)).rejects.toThrow('failure 3');
  });

  it('throws at once what is not retryable', async () => {
    const policy = { backoff, isRetryable: () => false };
    await expect(retryWithBackoff(failing(9), policy)).rejects.toThrow('failure 1');
  });

  it('starts no pause that ends after the deadline', async () => {
    const policy = { deadlineMs: 0, backoff: { firstMs: 10_000, maxMs: 10_000 }, isRetryable: () => true };
    await expect(retryWithBackoff(failing(9), policy)).rejects.toThrow('failure 1');
  });
});

describe('backoffMs', () => {
  it('doubles its limit with each attempt, up to the longest', () => {
    const limits = [1, 2, 3, 4, 5, 20].map((attempt) => backoffMs(attempt, { firstMs: 25, maxMs: 200 }, 1));
    expect(limits).toEqual([25, 50, 100, 200, 200, 200]);
  });

  it('draws from zero to the limit', () => {
    expect(backoffMs(3, { firstMs: 25, maxMs: 400 }, 0)).toBe(0);
    expect(backoffMs(3, { firstMs: 25, maxMs: 400 }, 0.5)).toBe(50);
  });
});
