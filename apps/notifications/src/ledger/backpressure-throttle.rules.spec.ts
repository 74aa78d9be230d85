import { describe, expect, it } from 'vitest';
import { BackpressureThrottle } from './backpressure-throttle.rules.ts';

describe('the throttle of commits', () => {
  it('has no rest while the store is about as fast as it can be', () => {
    const throttle = new BackpressureThrottle();
    const rests = [
      throttle.pauseAfter(80, 40),
      throttle.pauseAfter(40, 20),
      throttle.pauseAfter(80, 36),
      throttle.pauseAfter(80, 70),
    ];
    expect(rests).toEqual([0, 0, 0, 0]);
  });

  it('rests several times as long as others held it up', () => {
    const throttle = new BackpressureThrottle();
    throttle.pauseAfter(80, 40);
    expect(throttle.pauseAfter(80, 120)).toBeCloseTo(5 * (120 - 2 * 40 * 1.01));
  });

  it('does not rest after a commit of a few rows', () => {
    const throttle = new BackpressureThrottle();
    throttle.pauseAfter(80, 40);
    expect(throttle.pauseAfter(4, 5_000)).toBe(0);
  });

  it('believes a store that has become slower for good', () => {
    const throttle = new BackpressureThrottle();
    throttle.pauseAfter(80, 40);
    const rests = Array.from({ length: 100 }, () => throttle.pauseAfter(80, 120));
    expect(rests[0]).toBeGreaterThan(0);
    expect(rests.at(-1)).toBe(0);
  });
});
