import { Logger } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { steadyNow } from '@registrar/service';
import type { Kafka } from 'kafkajs';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { rollKey } from './topic-definition.ts';

const dayMs = 86_400_000;
/** Pause after a try, also one that failed because Kafka was away. */
const tryEveryMs = 60_000;

/**
 * Appends a record without a value to each partition of compacted topics, at the start and daily. Kafka closes a segment
 * only when something is appended, and cleans closed ones only: a quiet topic would keep replaced states for good.
 *
 * Several instances may do it: each record replaces the last one. While Kafka is away it is tried each minute.
 */
export class SegmentRoll {
  private readonly logger = new Logger(SegmentRoll.name);
  private readonly task: PeriodicTask;
  private rolledAt: number | undefined;

  /** @param topics physical names */
  constructor(
    private readonly kafka: Kafka,
    private readonly producer: BatchProducer,
    private readonly topics: readonly string[],
  ) {
    this.task = new PeriodicTask(() => this.rollDaily(), {
      everyMs: tryEveryMs,
      firstAfterMs: 0,
      onError: (error) => this.logger.warn({ err: error }, 'no segment rolled'),
    });
  }

  /** Begins in the background. */
  start(): void {
    if (this.topics.length > 0) this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  /** Appends the records now; rejects when that is not certain. */
  async roll(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [...this.topics] });
      const batch = topics.map(({ name, partitions }) => ({
        topic: name,
        messages: partitions.map(({ partitionId }) => ({
          key: rollKey,
          value: null,
          partition: partitionId,
        })),
      }));
      await this.producer.sendBatch(batch);
      this.rolledAt = steadyNow();
    } finally {
      await admin.disconnect();
    }
  }

  private async rollDaily(): Promise<void> {
    if (this.rolledAt === undefined || steadyNow() - this.rolledAt >= dayMs) await this.roll();
  }
}
