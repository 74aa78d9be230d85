import { describe, expect, it } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.ts';

/** A store that serves `width` calls at a time, each in 10 ms, and queues up the others; its clock is the test's. */
function storeOf(width: number, options: { least: number; most: number; isOverloaded?: () => boolean }) {
  let nowMs = 0;
  const limit = new AdaptiveLimit({ ...options, now: () => nowMs });
  const inStore: { work: () => void; endsAt: number }[] = [];
  let mostUnderWay = 0;
  const call = () =>
    limit.runInTurn(() => {
      const startsAt = inStore.length < width ? nowMs : (inStore.at(-width)?.endsAt ?? nowMs);
      return new Promise<void>((resolve) => {
        inStore.push({ work: resolve, endsAt: Math.max(startsAt, nowMs) + 10 });
        mostUnderWay = Math.max(mostUnderWay, inStore.length);
      });
    });
  /** Ends the next call of the store, and lets those who wait for it continue. */
  const step = async () => {
    const next = inStore.shift();
    if (!next) return false;
    nowMs = Math.max(nowMs, next.endsAt);
    next.work();
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  };
  const run = async (calls: number) => {
    const all = Array.from({ length: calls }, call);
    let done = 0;
    for (const each of all) void each.then(() => (done += 1));
    while (await step());
    await Promise.all(all);
    return done;
  };
  return { limit, run, mostUnderWay: () => mostUnderWay, pass: (ms: number) => (nowMs += ms) };
}

describe('AdaptiveLimit', () => {
  it('grows while calls take no longer than the best one', async () => {
    const { limit, run } = storeOf(1_000, { least: 2, most: 64 });
    expect(limit.limit).toBe(6);
    expect(await run(4_000)).toBe(4_000);
    expect(limit.limit).toBe(64);
  });

  it('stays near what a store serves at a time: the rest waits here', async () => {
    const { limit, run, mostUnderWay } = storeOf(8, { least: 2, most: 64 });
    expect(await run(3_000)).toBe(3_000);
    expect(limit.limit).toBeGreaterThanOrEqual(8);
    expect(mostUnderWay()).toBeLessThanOrEqual(20);
  });

  it('falls to the least while something else is overloaded, and serves every call all the same', async () => {
    const { limit, run } = storeOf(8, { least: 2, most: 64, isOverloaded: () => true });
    expect(await run(500)).toBe(500);
    expect(limit.limit).toBe(2);
  });

  it('grows again for a store that has become slower for good', async () => {
    const { limit, run, pass } = storeOf(1_000, { least: 2, most: 64 });
    await run(100);
    for (let minute = 0; minute < 4; minute += 1) {
      pass(61_000);
      await run(1_000);
    }
    expect(limit.limit).toBe(64);
  });

  it('gives the error of a call to its caller, and its turn to the next', async () => {
    const limit = new AdaptiveLimit({ least: 1, most: 1 });
    const failing = limit.runInTurn(() => Promise.reject(new Error('away')));
    const next = limit.runInTurn(() => Promise.resolve('served'));
    expect(limit.queued).toBe(1);
    await expect(failing).rejects.toThrow('away');
    expect(await next).toBe('served');
    expect(limit.queued).toBe(0);
  });
});
