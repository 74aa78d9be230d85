import type { ITopicConfig } from 'kafkajs';
import { createKafka } from '../kafka/create-kafka.ts';
import { deadLetterTopicOf, type TopicDefinition } from './topic-definition.ts';

/**
 * Makes the topics exist, each with its dead-letter topic, and waits until every partition has a leader.
 *
 * May be run again: an existing topic is kept as it is, for another number of partitions would break the order
 * of its keys.
 *
 * @param prefix put before every name
 * @param replication copies of a partition; with 3 or more, a write needs two of them
 */
export async function createTopics(
  brokers: string[],
  prefix: string,
  definitions: readonly TopicDefinition[],
  replication = 1,
): Promise<void> {
  const admin = createKafka({ brokers, clientId: 'create-topics' }).admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    const topics = definitions
      .flatMap((definition) => [
        topicConfig(prefix + definition.name, definition, replication),
        // Nobody reads dead letters in order, and none may vanish before somebody has looked at it.
        topicConfig(
          deadLetterTopicOf(prefix + definition.name),
          { partitions: 1, retention: 'unlimited' },
          replication,
        ),
      ])
      .filter(({ topic }) => !present.has(topic));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

function topicConfig(
  topic: string,
  { partitions, retention }: Omit<TopicDefinition, 'name'>,
  replication: number,
): ITopicConfig {
  return {
    topic,
    numPartitions: partitions,
    replicationFactor: replication,
    configEntries: [
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'retention.ms', value: String(retention === 'unlimited' ? -1 : retention) },
      ...(replication >= 3 ? [{ name: 'min.insync.replicas', value: '2' }] : []),
    ],
  };
}
