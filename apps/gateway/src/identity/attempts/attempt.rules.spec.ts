import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';
import { failuresAt, slowdownMs } from './attempt.rules.ts';

describe('failed attempts', () => {
  it('count within their window only', () => {
    expect(failuresAt(undefined, 0)).toBe(0);
    expect(failuresAt({ failures: 3, windowEndsAt: 10 }, 9)).toBe(3);
    expect(failuresAt({ failures: 3, windowEndsAt: 10 }, 10)).toBe(0);
  });

  it('of others slow an account by a second at most, and never close it', () => {
    expect(slowdownMs(20)).toBe(0);
    expect(slowdownMs(30)).toBe(500);
    expect(slowdownMs(1_000_000)).toBe(1_000);
  });
});

describe('a queue by keys', () => {
  it('runs what has one key in turn, and other keys beside', async () => {
    const queue = new KeyedQueue(10);
    const log: string[] = [];
    const step = (key: string, name: string) =>
      queue.run(key, async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${name} ends`);
      });
    await Promise.all([step('a', '1'), step('a', '2'), step('b', '3')]);
    expect(log.indexOf('2 begins')).toBeGreaterThan(log.indexOf('1 ends'));
    expect(log.indexOf('3 begins')).toBeLessThan(log.indexOf('1 ends'));
  });

  it('goes on after a failure, and refuses what would wait too long', async () => {
    const queue = new KeyedQueue(1);
    const fails = queue.run('a', () => Promise.reject(new Error('no')));
    const waits = queue.run('a', () => Promise.resolve('yes'));
    await expect(queue.run('a', () => Promise.resolve())).rejects.toMatchObject({
      status: 503,
      code: 'overloaded',
    });
    await expect(fails).rejects.toThrow('no');
    await expect(waits).resolves.toBe('yes');
  });
});
