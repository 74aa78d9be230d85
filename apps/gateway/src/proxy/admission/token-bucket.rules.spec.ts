import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RateLimiter } from './rate-limits.ts';
import { fullBucket, secondsToToken, takeToken } from './token-bucket.rules.ts';

const limit = { name: 'user', perSecond: 20, burst: 100 };

describe('a token bucket', () => {
  it('gives its burst at once, then its rate', () => {
    const bucket = fullBucket(limit, 0);
    const take = (now: number) => takeToken(bucket, limit, now);
    expect(Array.from({ length: 101 }, () => take(0)).filter(Boolean)).toHaveLength(100);
    expect(secondsToToken(bucket, limit)).toBe(1);
    expect(take(49)).toBe(false);
    expect(take(50)).toBe(true);
    expect(take(60)).toBe(false);
    expect(Array.from({ length: 200 }, () => take(60_000)).filter(Boolean)).toHaveLength(100);
  });

  it('never gives more than its burst and its rate together', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 300 }), (gaps) => {
        const bucket = fullBucket(limit, 0);
        let now = 0;
        let taken = 0;
        for (const gap of gaps) {
          now += gap;
          if (takeToken(bucket, limit, now)) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(limit.burst + (now * limit.perSecond) / 1_000);
      }),
    );
  });

  it('is not filled by a clock that goes back', () => {
    const bucket = fullBucket({ ...limit, burst: 1 }, 1_000);
    expect([1_000, 900, 1_000].map((now) => takeToken(bucket, { ...limit, burst: 1 }, now))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a rate limiter', () => {
  afterEach(() => vi.useRealTimers());

  it.each([-600_000, 600_000])('fills its buckets as before when the wall clock steps by %i ms', (stepMs) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const limiter = new RateLimiter({ name: 'address', perSecond: 0.1, burst: 1 });
    expect(limiter.consume('a').allowed).toBe(true);
    vi.setSystemTime(Date.now() + stepMs);
    expect(limiter.consume('a')).toMatchObject({ allowed: false, retryAfterSeconds: 10 });
    vi.advanceTimersByTime(4_000);
    expect(limiter.consume('a')).toMatchObject({ allowed: false, retryAfterSeconds: 6 });
    vi.advanceTimersByTime(6_001);
    expect(limiter.consume('a').allowed).toBe(true);
  });

  it('says what is left and for how long to wait', () => {
    const limiter = new RateLimiter({ name: 'sign-in', perSecond: 1, burst: 2 }, () => 0);
    expect(limiter.consume('a')).toMatchObject({
      allowed: true,
      policy: '"sign-in";q=2;w=2',
      state: '"sign-in";r=1;t=1',
    });
    limiter.consume('a');
    expect(limiter.consume('a')).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
    expect(limiter.consume('b').allowed).toBe(true);
  });

  it('tells what it gave away once, and takes what the others leave', () => {
    const limiter = new RateLimiter(limit, () => 0);
    limiter.consume('a');
    limiter.consume('a');
    expect(limiter.drainUnshared(10)).toEqual([{ key: 'a', taken: 2 }]);
    expect(limiter.drainUnshared(10)).toEqual([]);
    limiter.applyShared('a', 1);
    expect([limiter.consume('a').allowed, limiter.consume('a').allowed]).toEqual([true, false]);
  });

  it('is off with a rate of 0', () => {
    const limiter = new RateLimiter({ name: 'off', perSecond: 0, burst: 0 });
    expect(limiter.consume('a')).toMatchObject({ allowed: true, policy: '' });
  });
});
