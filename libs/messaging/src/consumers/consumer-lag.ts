import { lagEvents } from './consumer.metrics.ts';

/** Where a partition ends, and what is to be done next in it. */
interface PartitionEnd {
  /** Offset after its last event, as of the last batch. */
  end: string;
  /** Offset of the first event that is not done. */
  next: string;
}

/**
 * How many events of each partition are not done yet, by the offsets in every batch: there is no request for
 * it. What comes in while a partition is paused shows with its next batch.
 */
export class ConsumerLag {
  private readonly known = new Map<string, { topic: string; partition: number }>();

  constructor(private readonly group: string) {}

  /** @param topic logical */
  set(topic: string, partition: number, { end, next }: PartitionEnd): void {
    this.known.set(`${topic}|${partition}`, { topic, partition });
    const events = Math.max(0, Number(BigInt(end) - BigInt(next)));
    lagEvents.set({ group: this.group, topic, partition }, events);
  }

  /** After a rebalance others may have the partitions: they tell from now on. */
  forget(): void {
    for (const { topic, partition } of this.known.values())
      lagEvents.remove({ group: this.group, topic, partition });
    this.known.clear();
  }
}
