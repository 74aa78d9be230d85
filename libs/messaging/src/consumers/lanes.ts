/**
 * Works through `items` with at most `limit` lanes at a time; items of one lane one after the other, in order.
 *
 * A lane ends when `work` gives false; the other lanes go on. Rejects with the first error of `work`, after
 * everything that runs has ended.
 */
export async function inLanes<T>(
  items: readonly T[],
  laneOf: (item: T) => string,
  limit: number,
  work: (item: T) => Promise<boolean>,
): Promise<void> {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = lanes.get(laneOf(item));
    if (lane) lane.push(item);
    else lanes.set(laneOf(item), [item]);
  }
  const waiting = [...lanes.values()];
  const worker = async () => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      for (const item of lane) {
        if (!(await work(item))) break;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limit, waiting.length) }, worker);
  const results = await Promise.allSettled(workers);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
