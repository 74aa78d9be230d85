/** Limits of a keyed queue. */
interface KeyedQueueOptions {
  /** Calls that may wait for one key, beside the one that runs; default no limit. */
  readonly maxWaiting?: number;
  /** The error of a call for which there is no room; default `Error`. */
  readonly whenFull?: () => Error;
}

/**
 * Runs the calls of one key one after the other, in their order. Calls of different keys run side by side.
 *
 * Failure: a call that fails does not hold up the next. With `maxWaiting`, a call without room is rejected at once.
 */
export class KeyedQueue {
  private readonly queues = new Map<string, { last: Promise<unknown>; length: number }>();

  constructor(private readonly options: KeyedQueueOptions = {}) {}

  async enqueue<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { maxWaiting = Infinity, whenFull = () => new Error('The queue is full.') } = this.options;
    const queue = this.queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length > maxWaiting) throw whenFull();
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
