import type { Consumer, EachBatchPayload, IHeaders, Kafka } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { isRoll } from '../topics/topic-definition.ts';

/** A message as it lies on a topic. */
export interface TopicMessage {
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: IHeaders;
}

/** Which part of a topic is read. */
export interface ReadOptions {
  /** Remembers under this group how far it came, and begins there; everything is read when left out. */
  group?: string;
}

/**
 * Reads a topic up to where it ends now, each partition in order, several partitions at a time.
 *
 * Resolves with the number of messages when `handle` has resolved for all of them; rejects with its first error,
 * and with Kafka's. Events that arrive later are not read, nor the records that only roll a segment.
 *
 * @param topic physical name
 */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  handle: (message: TopicMessage) => Promise<void>,
  { group }: ReadOptions = {},
): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const next = await startsOf(admin, topic, group);
    if ([...next.values()].every(({ from, end }) => from >= end)) return 0;
    const consumer = kafka.consumer({ groupId: group ?? `read-${randomUUID()}`, maxWaitTimeInMs: 250 });
    return await new Reading(consumer, topic, next, handle, group !== undefined).readAll();
  } finally {
    await admin.disconnect();
  }
}

interface Stretch {
  from: bigint;
  end: bigint;
}

type Admin = ReturnType<Kafka['admin']>;

async function startsOf(admin: Admin, topic: string, group?: string): Promise<Map<number, Stretch>> {
  const ends = await admin.fetchTopicOffsets(topic);
  const [committed] =
    group === undefined ? [] : await admin.fetchOffsets({ groupId: group, topics: [topic] });
  const reached = new Map(committed?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return new Map(
    ends.map(({ partition, low, high }) => {
      const from = reached.get(partition) ?? -1n;
      return [partition, { from: from < BigInt(low) ? BigInt(low) : from, end: BigInt(high) }];
    }),
  );
}

class Reading {
  private count = 0;

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    private readonly stretches: Map<number, Stretch>,
    private readonly handle: (message: TopicMessage) => Promise<void>,
    private readonly commits: boolean,
  ) {}

  async readAll(): Promise<number> {
    try {
      await this.consumer.connect();
      await this.consumer.subscribe({ topics: [this.topic], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        this.consumer.on(this.consumer.events.CRASH, ({ payload }) => reject(payload.error));
        this.consumer
          .run({
            autoCommit: this.commits,
            autoCommitThreshold: 1,
            eachBatchAutoResolve: false,
            partitionsConsumedConcurrently: this.stretches.size,
            eachBatch: async (payload) => {
              try {
                await this.batch(payload);
                if (this.isDone) resolve();
              } catch (error) {
                reject(error instanceof Error ? error : new Error(String(error)));
                payload.pause();
              }
            },
          })
          .catch(reject);
      });
      return this.count;
    } finally {
      await this.consumer.disconnect();
    }
  }

  private get isDone(): boolean {
    return [...this.stretches.values()].every(({ from, end }) => from >= end);
  }

  private async batch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, commitOffsetsIfNecessary } = payload;
    const stretch = this.stretches.get(batch.partition);
    if (!stretch) return;
    for (const { offset, key, value, headers = {} } of batch.messages) {
      if (!isRunning() || stretch.from >= stretch.end) return;
      // After a rejoin without commits the consumer begins again: handled messages are skipped.
      if (BigInt(offset) < stretch.from) continue;
      if (!isRoll(key)) {
        await this.handle({ partition: batch.partition, offset, key, value, headers });
        this.count += 1;
      }
      stretch.from = BigInt(offset) + 1n;
      resolveOffset(offset);
      if (this.commits) await commitOffsetsIfNecessary();
      await heartbeat();
    }
    // Offsets without a message (aborted, compacted) count as read.
    const past = BigInt(batch.lastOffset()) + 1n;
    if (past > stretch.from) stretch.from = past;
  }
}
