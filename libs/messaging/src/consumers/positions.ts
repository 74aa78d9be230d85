import type { Kafka } from 'kafkajs';

/** A place in a partition: the next offset to read. */
export interface Position {
  topic: string;
  partition: number;
  offset: string;
}

/**
 * Where an instance is that commits nothing: from the ends of the partitions at its start, on through every
 * rebalance and reconnection. Left to itself, a consumer without commits would begin at the end each time and
 * miss what happened meanwhile.
 */
export class Positions {
  private readonly next = new Map<string, Position>();

  /** Notes the ends of all partitions that are not known yet. */
  async initialise(kafka: Kafka, topics: string[]): Promise<void> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      for (const topic of topics) {
        for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
          if (!this.next.has(`${topic}|${partition}`)) this.moved(topic, partition, high);
        }
      }
    } finally {
      await admin.disconnect();
    }
  }

  /** The next offset to read of a partition. */
  moved(topic: string, partition: number, offset: string): void {
    this.next.set(`${topic}|${partition}`, { topic, partition, offset });
  }

  /** The known places of what a member was assigned. */
  of(assignment: Record<string, number[]>): Position[] {
    return [...this.next.values()].filter(({ topic, partition }) => assignment[topic]?.includes(partition));
  }
}
