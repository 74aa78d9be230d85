import { describe, expect, it } from 'vitest';
import { lastHalfTrend } from './trend.rules.ts';

describe('lastHalfTrend', () => {
  it('does not see a rise that is over by the half', () => {
    const points = Array.from({ length: 60 }, (_, second) => [second, Math.min(second, 20)] as const);
    expect(lastHalfTrend(points)).toEqual({ from: 20, to: 20, perMinute: 0 });
  });

  it('gives the rise a minute of what goes on growing', () => {
    const points = Array.from({ length: 60 }, (_, second) => [second, 100 + second * 0.5] as const);
    expect(lastHalfTrend(points).perMinute).toBeCloseTo(30);
  });

  it('is flat for a single point, and for none', () => {
    expect(lastHalfTrend([[0, 5]])).toEqual({ from: 5, to: 5, perMinute: 0 });
    expect(lastHalfTrend([])).toEqual({ from: 0, to: 0, perMinute: 0 });
  });
});
