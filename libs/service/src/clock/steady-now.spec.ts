import { afterEach, describe, expect, it, vi } from 'vitest';
import { steadyNow } from './steady-now.ts';

afterEach(() => vi.useRealTimers());

describe('the steady clock', () => {
  it.each([-600_000, 600_000])('goes on as before when the wall clock steps by %i ms', (stepMs) => {
    const before = steadyNow();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + stepMs });
    const after = steadyNow();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after).toBeLessThan(before + 60_000);
  });
});
