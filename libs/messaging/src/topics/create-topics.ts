import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '@registrar/service';
import { createKafka, type KafkaSecurity } from '../kafka/create-kafka.ts';
import { alterTopics } from './alter-topics.ts';
import { createAbsent } from './create-absent.ts';
import { topicsToCreate } from './topic-config.ts';
import type { TopicDefinition } from './topic-definition.ts';

const { KafkaJSError, logLevel } = kafkajs;
/** How long a topic may take to have its leaders. */
const leadersMs = 30_000;
const pollMs = 50;

/**
 * Makes the topics exist, each with its dead-letter topic, and waits until the leader of every partition answers.
 *
 * May be run again: an existing topic keeps its partitions, for another number would break the order of its keys, and
 * is given the retention and cleanup of today. Where the broker does not let it, that is logged, and no more.
 *
 * @param prefix put before every name
 * @param options copies of a partition (default one; with 3 or more, a write needs two of them), and how the
 *   brokers are spoken to
 */
export async function createTopics(
  brokers: string[],
  prefix: string,
  definitions: readonly TopicDefinition[],
  options: KafkaSecurity & { replication?: number } = {},
): Promise<void> {
  const { replication = 1, ...security } = options;
  const kafka = createKafka({ brokers, clientId: 'create-topics', security });
  // A broker refuses for a moment what it has just made; what fails in the end is thrown.
  kafka.logger().setLogLevel(logLevel.NOTHING);
  const admin = kafka.admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    const topics = topicsToCreate(definitions, prefix, replication);
    const absent = topics.filter(({ topic }) => !present.has(topic));
    if (absent.length > 0) await createAbsent(admin, absent);
    await untilReady(
      admin,
      topics.map(({ topic }) => topic),
    );
    await alterTopics(
      admin,
      topics.filter(({ topic }) => present.has(topic)),
    );
  } finally {
    await admin.disconnect();
  }
}

/**
 * Waits until every partition of `topics` answers. A broker that has just made a topic may say for a moment that it
 * does not know it, or name itself its leader before it is; kafkajs's own waiting gives up then.
 */
async function untilReady(admin: Admin, topics: string[]): Promise<void> {
  const deadline = steadyNow() + leadersMs;
  for (;;) {
    const unready = await whyUnready(admin, topics);
    if (unready === undefined) return;
    if (steadyNow() >= deadline) throw unready;
    await delay(pollMs);
  }
}

/** Why the topics cannot be used yet; undefined where they can. */
async function whyUnready(admin: Admin, topics: string[]): Promise<Error | undefined> {
  try {
    const metadata = await admin.fetchTopicMetadata({ topics });
    const behind = metadata.topics.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0));
    if (behind.length > 0) return new Error(`no leader yet: ${behind.map(({ name }) => name).join(', ')}`);
    // Offsets are given by the leaders themselves.
    for (const topic of topics) await admin.fetchTopicOffsets(topic);
    return undefined;
  } catch (error) {
    if (error instanceof KafkaJSError && error.retriable) return error;
    throw error;
  }
}
