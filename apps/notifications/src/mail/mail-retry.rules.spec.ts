import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './mail-retry.rules.ts';

const settings = { maxAttempts: 12, baseMs: 1_000, capMs: 60_000 };

describe('the wait before a mail is tried again', () => {
  it('doubles up to its limit', () => {
    const waits = [1, 2, 3, 7, 11].map((attempt) => retryAfterMs(attempt, settings, 1));
    expect(waits).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  });

  it('is spread by half', () => expect(retryAfterMs(3, settings, 0)).toBe(2_000));

  it('ends with the last attempt', () => expect(retryAfterMs(12, settings, 0.5)).toBeUndefined());
});
