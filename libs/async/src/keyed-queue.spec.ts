import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('KeyedQueue', () => {
  it('runs calls of one key in order, and those of another key beside them', async () => {
    const queue = new KeyedQueue();
    const started: string[] = [];
    const gate = Promise.withResolvers<void>();
    const call = (key: string, name: string) =>
      queue.enqueue(key, async () => {
        started.push(name);
        await gate.promise;
      });
    const all = [call('a', 'a1'), call('a', 'a2'), call('b', 'b1')];
    await turn();
    expect(started).toEqual(['a1', 'b1']);
    gate.resolve();
    await Promise.all(all);
    expect(started).toEqual(['a1', 'b1', 'a2']);
  });

  it('goes on after a call that fails', async () => {
    const queue = new KeyedQueue();
    const failed = queue.enqueue('a', () => Promise.reject(new Error('down')));
    const next = queue.enqueue('a', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('down');
    expect(await next).toBe('done');
  });

  it('rejects a call for which there is no room, with the given error', async () => {
    const queue = new KeyedQueue({ maxWaiting: 1, whenFull: () => new RangeError('busy') });
    const gate = Promise.withResolvers<void>();
    const taken = [queue.enqueue('a', () => gate.promise), queue.enqueue('a', () => gate.promise)];
    await expect(queue.enqueue('a', () => gate.promise)).rejects.toThrow(RangeError);
    gate.resolve();
    await Promise.all(taken);
    expect(await queue.enqueue('a', () => Promise.resolve(1))).toBe(1);
  });
});
