import type { ITopicConfig } from 'kafkajs';
import { deadLetterRetentionMs, deadLetterTopicOf, type TopicDefinition } from './topic-definition.ts';

const dayMs = 86_400_000;

/**
 * A replaced state is gone within five days and the cleaner's own time, well under the seven that are promised: the
 * daily record closes its segment within two days, and five days after its first record the segment must be cleaned,
 * however little of it is replaced.
 */
const compaction = {
  'cleanup.policy': 'compact',
  'max.compaction.lag.ms': String(5 * dayMs),
  'segment.ms': String(dayMs),
  'min.cleanable.dirty.ratio': '0.1',
  'delete.retention.ms': String(dayMs),
};

/** The physical topics: each one, and beside it the one for its dead letters. */
export function topicsToCreate(
  definitions: readonly TopicDefinition[],
  prefix: string,
  replication = 1,
): ITopicConfig[] {
  return definitions.flatMap(({ name, ...definition }) => [
    topicConfig(prefix + name, definition, replication),
    // Dead letters need no order.
    topicConfig(
      deadLetterTopicOf(prefix + name),
      { partitions: 1, retention: deadLetterRetentionMs },
      replication,
    ),
  ]);
}

function topicConfig(
  topic: string,
  { partitions, retention, cleanup }: Omit<TopicDefinition, 'name'>,
  replication: number,
): ITopicConfig {
  const entries = {
    'cleanup.policy': 'delete',
    'retention.ms': String(retention === 'unlimited' ? -1 : retention),
    ...(cleanup === 'compact' && compaction),
    ...(replication >= 3 && { 'min.insync.replicas': '2' }),
  };
  return {
    topic,
    numPartitions: partitions,
    replicationFactor: replication,
    configEntries: Object.entries(entries).map(([name, value]) => ({ name, value })),
  };
}
