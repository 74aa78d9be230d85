import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeriodicTask } from './periodic-task.ts';

const fail = (error: unknown) => {
  throw error;
};

describe('PeriodicTask', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs after the first pause and again after each', async () => {
    let runs = 0;
    const task = new PeriodicTask(() => (runs += 1), { everyMs: 100, firstAfterMs: 10, onError: fail });
    task.start();
    task.start();
    await vi.advanceTimersByTimeAsync(9);
    expect(runs).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(runs).toBe(3);
    await task.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(3);
  });

  it('reports a failed run and goes on', async () => {
    const errors: unknown[] = [];
    const work = () => Promise.reject(new Error('down'));
    const task = new PeriodicTask(work, { everyMs: 100, onError: (error) => errors.push(error) });
    task.start();
    await vi.advanceTimersByTimeAsync(300);
    expect(errors.length).toBeGreaterThanOrEqual(2);
    await task.stop();
  });

  it('does not overlap runs: a trigger joins the one under way, and stop waits for it and aborts its signal', async () => {
    const gate = Promise.withResolvers<void>();
    let runs = 0;
    let isAborted = false;
    const task = new PeriodicTask(
      (signal) => {
        runs += 1;
        signal.addEventListener('abort', () => (isAborted = true));
        return gate.promise;
      },
      { everyMs: 10, firstAfterMs: 0, onError: fail },
    );
    task.start();
    await vi.advanceTimersByTimeAsync(50);
    const joined = task.trigger();
    expect(runs).toBe(1);
    let isStopped = false;
    const stopped = task.stop().then(() => (isStopped = true));
    await vi.advanceTimersByTimeAsync(50);
    expect({ isStopped, isAborted }).toEqual({ isStopped: false, isAborted: true });
    gate.resolve();
    await Promise.all([joined, stopped]);
    await task.trigger();
    expect(runs).toBe(1);
  });

  it('draws each pause from around the interval', async () => {
    const at: number[] = [];
    const begin = Date.now();
    const task = new PeriodicTask(() => void at.push(Date.now() - begin), {
      everyMs: 1_000,
      jitter: 0.5,
      firstAfterMs: 0,
      onError: fail,
    });
    task.start();
    await vi.advanceTimersByTimeAsync(20_000);
    await task.stop();
    const pauses = at.slice(1).map((each, index) => each - (at[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1_501);
    expect(new Set(pauses).size).toBeGreaterThan(1);
  });
});
