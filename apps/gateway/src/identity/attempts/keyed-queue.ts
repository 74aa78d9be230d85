import { overloaded } from '@registrar/service';

/**
 * Runs what has the same key one after the other.
 *
 * Failure: Problem 503 `overloaded` where `longest` wait for a key already.
 */
export class KeyedQueue {
  private readonly queues = new Map<string, { last: Promise<unknown>; length: number }>();

  constructor(private readonly longest: number) {}

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length > this.longest) throw overloaded();
    this.queues.set(key, queue);
    queue.length += 1;
    const result = queue.last.then(work);
    queue.last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) this.queues.delete(key);
    }
  }
}
