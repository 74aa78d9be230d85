import { describe, expect, it } from 'vitest';
import { jittered } from './expiry.rules.ts';

describe('jittered', () => {
  it('spreads a time to live by a tenth to both sides', () => {
    expect(jittered(1_000, () => 0)).toBe(900);
    expect(jittered(1_000, () => 0.5)).toBe(1_000);
    expect(jittered(1_000, () => 0.999_999)).toBeCloseTo(1_100, 1);
  });
});
