import type { Kafka } from 'kafkajs';
import { deadLetterHeaders, headerText, replayForHeader } from '../consumers/dead-letter.ts';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { deadLetterTopicOf } from '../topics/topic-definition.ts';
import { readTopic, type TopicMessage } from './read-topic.ts';

/** A dead letter, for people. */
export interface ListedDeadLetter {
  offset: string;
  service: string;
  partition: string;
  originalOffset: string;
  key: string;
  error: string;
  attempts: string;
  failedAt: string;
  /** The event as text; empty where it can hold personal data. */
  value: string;
  /** Id of the event, of a letter without a body. */
  eventId?: string;
}

/** The group under which a topic's replays remember how far they came. */
export function replayGroupOf(topic: string): string {
  return `${deadLetterTopicOf(topic)}-replay`;
}

/**
 * The dead letters of a topic that were not replayed yet, oldest first.
 *
 * @param topic physical name of the topic itself
 * @param limit the newest so many
 */
export async function listDeadLetters(
  kafka: Kafka,
  topic: string,
  limit = 1_000,
): Promise<ListedDeadLetter[]> {
  const replayed = await replayedUpTo(kafka, topic);
  const found: ListedDeadLetter[] = [];
  await readTopic(kafka, deadLetterTopicOf(topic), (message) => {
    if (BigInt(message.offset) >= replayed) found.push(listed(message));
    if (found.length > limit) found.shift();
    return Promise.resolve();
  });
  return found;
}

/**
 * Puts the dead letters of a topic that were not replayed yet back on it, byte for byte, each for the service
 * that gave it up only: the others have worked on it.
 *
 * Consumers recognise what they have seen by id, sequence or version as with every other repetition. Interrupted,
 * it continues where it was when it is run again; the last one may then come twice.
 *
 * @returns how many were replayed
 */
export async function replayDeadLetters(
  kafka: Kafka,
  topic: string,
  producer: BatchProducer,
): Promise<number> {
  const replay = async ({ key, value, headers }: TopicMessage) => {
    const service = headerText(headers, deadLetterHeaders.service) ?? '';
    const own = Object.values<string>(deadLetterHeaders);
    const rest = Object.entries(headers).filter(([name]) => !own.includes(name));
    const message = { key, value, headers: { ...Object.fromEntries(rest), [replayForHeader]: service } };
    await producer.sendBatch([{ topic, messages: [message] }]);
  };
  return readTopic(kafka, deadLetterTopicOf(topic), replay, { group: replayGroupOf(topic) });
}

async function replayedUpTo(kafka: Kafka, topic: string): Promise<bigint> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = [deadLetterTopicOf(topic)];
    const [offsets] = await admin.fetchOffsets({ groupId: replayGroupOf(topic), topics });
    return BigInt(offsets?.partitions[0]?.offset ?? '-1');
  } finally {
    await admin.disconnect();
  }
}

function listed({ offset, key, value, headers }: TopicMessage): ListedDeadLetter {
  const text = (name: keyof typeof deadLetterHeaders) => headerText(headers, deadLetterHeaders[name]) ?? '';
  const eventId = text('eventId');
  return {
    ...(eventId !== '' && { eventId }),
    offset,
    service: text('service'),
    partition: text('partition'),
    originalOffset: text('offset'),
    key: key?.toString() ?? '',
    error: text('error'),
    attempts: text('attempts'),
    failedAt: text('failedAt'),
    value: value?.toString() ?? '',
  };
}
