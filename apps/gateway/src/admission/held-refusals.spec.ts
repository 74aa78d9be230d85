import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldRefusals } from './held-refusals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('held refusals', () => {
  it('go out after a quarter of a second', () => {
    const answer = vi.fn();
    new HeldRefusals().hold(answer);
    vi.advanceTimersByTime(249);
    expect(answer).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(answer).toHaveBeenCalledOnce();
  });

  it('are 2,000 at most: those beyond go out at once, and make no room for themselves', () => {
    const refusals = new HeldRefusals();
    const [waiting, beyond] = [vi.fn(), vi.fn()];
    for (let at = 0; at < 2_000; at += 1) refusals.hold(waiting);
    refusals.hold(beyond);
    expect([waiting, beyond].map((answer) => answer.mock.calls.length)).toEqual([0, 1]);
    vi.advanceTimersByTime(250);
    refusals.hold(beyond);
    expect([waiting, beyond].map((answer) => answer.mock.calls.length)).toEqual([2_000, 1]);
  });
});
