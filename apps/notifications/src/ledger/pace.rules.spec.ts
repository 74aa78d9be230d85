import { describe, expect, it } from 'vitest';
import { Pace } from './pace.rules.ts';

describe('the pace of commits', () => {
  it('has no rest while the store is about as fast as it can be', () => {
    const pace = new Pace();
    const rests = [
      pace.restAfter(80, 40),
      pace.restAfter(40, 20),
      pace.restAfter(80, 36),
      pace.restAfter(80, 70),
    ];
    expect(rests).toEqual([0, 0, 0, 0]);
  });

  it('rests several times as long as others held it up', () => {
    const pace = new Pace();
    pace.restAfter(80, 40);
    expect(pace.restAfter(80, 120)).toBeCloseTo(5 * (120 - 2 * 40 * 1.01));
  });

  it('does not rest after a commit of a few rows', () => {
    const pace = new Pace();
    pace.restAfter(80, 40);
    expect(pace.restAfter(4, 5_000)).toBe(0);
  });

  it('believes a store that has become slower for good', () => {
    const pace = new Pace();
    pace.restAfter(80, 40);
    const rests = Array.from({ length: 100 }, () => pace.restAfter(80, 120));
    expect(rests[0]).toBeGreaterThan(0);
    expect(rests.at(-1)).toBe(0);
  });
});
