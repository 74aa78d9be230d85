import type { Kafka } from 'kafkajs';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { deadLetterTopicOf } from '../topics/topic-definition.ts';
import { listDeadLetters, replayGroupOf } from './dead-letters.ts';
import { readTopic, type TopicMessage } from './read-topic.ts';

/** Marks a copy that a replay appended: what came before it may be newer. */
const copyHeader = 'replay-copy';

/** What became of the letters. */
export interface OriginalsReplay {
  replayed: number;
  /** A later state of the same key is on the topic, and every service has heard it. */
  replaced: number;
  /** Keys of which the topic has nothing: their state comes with their next event. */
  gone: string[];
}

/** What a topic has of one key. */
interface KeyState {
  /** The newest event: the last one that no replay appended; a copy where there is no other. */
  newest: TopicMessage;
  /** What compaction will keep. */
  last: TopicMessage;
}

/** What a topic has of the keys of some letters. */
interface Found {
  byKey: Map<string, KeyState>;
  /** Values of the records that the letters tell of, by place. */
  byPlace: Map<string, Buffer | null>;
}

/**
 * Replays the dead letters of a compacted topic: the original record is read again and appended again, for all services,
 * where it is the newest of its key. An older state is never appended after a newer one, or compaction would keep the
 * older. What is published meanwhile is appended once more after the copy.
 *
 * Interrupted, it begins again with the same letters when it is run again.
 *
 * @param topic physical name
 */
export async function replayOriginals(
  kafka: Kafka,
  topic: string,
  producer: BatchProducer,
): Promise<OriginalsReplay> {
  const letters = await listDeadLetters(kafka, topic, Infinity);
  const result: OriginalsReplay = { replayed: 0, replaced: 0, gone: [] };
  const keys = new Set(letters.map(({ key }) => key));
  const places = new Set(letters.map((letter) => placeOf(letter.partition, letter.originalOffset)));
  const found = letters.length > 0 ? await findKeys(kafka, topic, keys, places) : undefined;
  const again = new Map<string, TopicMessage>();
  for (const { key, partition, originalOffset } of letters) {
    const newest = found?.byKey.get(key)?.newest;
    const original = found?.byPlace.get(placeOf(partition, originalOffset));
    if (!newest) result.gone.push(key);
    else if (!isSame(original, newest.value)) result.replaced += 1;
    else {
      again.set(key, newest);
      result.replayed += 1;
    }
  }
  await append(producer, topic, [...again.values()]);
  if (letters.length > 0) await settle(kafka, topic, producer, keys);
  await remember(kafka, topic, letters.at(-1)?.offset);
  return result;
}

/** Appends the newest state of a key once more where an older one lies behind it, until there is none. */
async function settle(
  kafka: Kafka,
  topic: string,
  producer: BatchProducer,
  keys: ReadonlySet<string>,
): Promise<void> {
  for (;;) {
    const { byKey } = await findKeys(kafka, topic, keys, new Set());
    const hidden = [...byKey.values()].filter(({ newest, last }) => !isSame(newest.value, last.value));
    if (hidden.length === 0) return;
    await append(
      producer,
      topic,
      hidden.map(({ newest }) => newest),
    );
  }
}

async function append(producer: BatchProducer, topic: string, originals: TopicMessage[]): Promise<void> {
  if (originals.length === 0) return;
  const messages = originals.map(({ partition, key, value, headers }) => ({
    partition,
    key,
    value,
    headers: { ...headers, [copyHeader]: 'true' },
  }));
  await producer.sendBatch([{ topic, messages }]);
}

async function findKeys(
  kafka: Kafka,
  topic: string,
  keys: ReadonlySet<string>,
  places: ReadonlySet<string>,
): Promise<Found> {
  const found: Found = { byKey: new Map(), byPlace: new Map() };
  await readTopic(kafka, topic, (message) => {
    const key = message.key?.toString() ?? '';
    const place = placeOf(message.partition, message.offset);
    if (places.has(place)) found.byPlace.set(place, message.value);
    if (keys.has(key)) found.byKey.set(key, withMessage(found.byKey.get(key), message));
    return Promise.resolve();
  });
  return found;
}

function withMessage(state: KeyState | undefined, message: TopicMessage): KeyState {
  const isOlder =
    copyHeader in message.headers && state !== undefined && !(copyHeader in state.newest.headers);
  return { newest: isOlder ? state.newest : message, last: message };
}

async function remember(kafka: Kafka, topic: string, lastOffset: string | undefined): Promise<void> {
  if (lastOffset === undefined) return;
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.setOffsets({
      groupId: replayGroupOf(topic),
      topic: deadLetterTopicOf(topic),
      partitions: [{ partition: 0, offset: String(BigInt(lastOffset) + 1n) }],
    });
  } finally {
    await admin.disconnect();
  }
}

function placeOf(partition: string | number, offset: string): string {
  return `${partition} ${offset}`;
}

function isSame(one: Buffer | null | undefined, other: Buffer | null): boolean {
  return one && other ? one.equals(other) : one === other;
}
