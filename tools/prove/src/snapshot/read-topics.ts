import { createKafka, readTopic } from '@registrar/messaging';
import { contractTopics } from '@registrar/stack';
import type { System } from '@registrar/stack';
import type { TopicCopy } from './snapshot.ts';

/** The topics that keep everything. */
const topics = contractTopics.filter(({ retention }) => retention === 'unlimited').map(({ name }) => name);

/** Every message of the entity topics from offset 0, each partition in order. */
export async function readTopics({
  addresses,
  prefixes,
}: Pick<System, 'addresses' | 'prefixes'>): Promise<TopicCopy[]> {
  const kafka = createKafka({ brokers: addresses.KAFKA_BROKERS.split(','), clientId: 'prove' });
  const copies: TopicCopy[] = [];
  for (const topic of topics) {
    await readTopic(kafka, `${prefixes.TOPIC_PREFIX}${topic}`, ({ partition, offset, key, value }) => {
      const text = value?.toString() ?? '';
      copies.push({
        topic,
        partition,
        offset: Number(offset),
        key: key?.toString() ?? '',
        value: text,
        ...eventOf(text),
      });
      return Promise.resolve();
    });
  }
  return copies.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}

function eventOf(text: string): Pick<TopicCopy, 'id' | 'type' | 'data'> {
  const { id, type, data } = Object(JSON.parse(text)) as Record<string, unknown>;
  return { id: String(id), type: String(type), data };
}
