import type { Kafka } from 'kafkajs';

/** A place in a partition: the next offset to read. */
export interface Position {
  topic: string;
  partition: number;
  offset: string;
}

/** Clocks of publishers may be behind this one, and a publication may have been on its way at the start. */
const marginMs = 10_000;

/**
 * Where an instance is that commits nothing: from shortly before its start on, through every rebalance and
 * reconnection. Left to itself, a consumer without commits would begin at the end each time and miss what happened
 * meanwhile; and from the ends when it first connects, what happened while the instance answered without it.
 */
export class Positions {
  private readonly next = new Map<string, Position>();
  private readonly from = Date.now() - marginMs;

  /** Notes the place of the start in all partitions that are not known yet. */
  async initialise(kafka: Kafka, topics: string[]): Promise<void> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      for (const topic of topics) {
        for (const { partition, offset } of await admin.fetchTopicOffsetsByTimestamp(topic, this.from)) {
          if (!this.next.has(`${topic}|${partition}`)) this.moved(topic, partition, offset);
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
