/**
 * Works on `items`, at most `limit` keys at a time; items of one key one after the other, in order.
 *
 * A key ends when `work` gives false; the others go on. Rejects with the first error of `work`, after
 * everything that runs has ended.
 */
export async function forEachByKey<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  limit: number,
  work: (item: T) => Promise<boolean>,
): Promise<void> {
  const waiting = [...Map.groupBy(items, keyOf).values()];
  const worker = async () => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      for (const item of group) {
        if (!(await work(item))) break;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limit, waiting.length) }, worker);
  const results = await Promise.allSettled(workers);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
