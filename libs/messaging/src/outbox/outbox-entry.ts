import { shardOf } from '@registrar/dynamodb';
import type { Tables, TransactAction } from '@registrar/dynamodb';
import type { CloudEvent } from '../events/cloud-event.ts';

/** The table that every publishing service declares, in its `tables.json`, for what is to be published. */
export const outboxTable = {
  name: 'outbox',
  partitionKey: { name: 'aggregate', type: 'S' },
  sortKey: { name: 'sequence', type: 'N' },
  indexes: [
    {
      name: 'PendingOutbox',
      partitionKey: { name: 'pending_shard', type: 'S' },
      sortKey: { name: 'created_at', type: 'N' },
      projection: 'KEYS_ONLY',
    },
  ],
} as const;

/** What one commit publishes about one aggregate. */
export interface OutboxEntry {
  /** Logical topic. */
  topic: string;
  /** Kafka key: events of one key stay in order. */
  key: string;
  /** Number of the first event, from 1, growing with each event of the key in the order of the commits. */
  sequence: number;
  /** Number of the last event. */
  through: number;
  /** The events in order, each as the very text that is sent. */
  events: { id: string; value: string }[];
  /** When it was committed, milliseconds since the epoch. */
  createdAt: number;
}

/** What `outboxEntry` is made from. */
interface Publication {
  topic: string;
  key: string;
  /**
   * Number of the first of `events`. The relay keeps their order by it, so it must come from the store, raised in
   * the transaction itself (a version, a counter), never from a clock: a lower one must not be committed after a
   * higher one. Where it grows without gaps, the relay need not ask the table what came before.
   */
  sequence: number;
  events: readonly CloudEvent[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** What a commit publishes, ready for `outboxAction` before the commit and `OutboxRelay.publish` after it. */
export function outboxEntry({ topic, key, sequence, events, now }: Publication): OutboxEntry {
  if (events.length === 0) throw new RangeError('an outbox entry needs an event');
  return {
    topic,
    key,
    sequence,
    through: sequence + events.length - 1,
    events: events.map((event) => ({ id: event.id, value: JSON.stringify(event) })),
    createdAt: now,
  };
}

/** Identity of what is kept in order: topic and key. */
export function aggregateOf({ topic, key }: Pick<OutboxEntry, 'topic' | 'key'>): string {
  return `${topic}|${key}`;
}

/** The Put that belongs into the transaction of the change; it fails where another commit took the sequence. */
export function outboxAction(tables: Tables, entry: OutboxEntry): TransactAction {
  const aggregate = aggregateOf(entry);
  return {
    Put: {
      TableName: tables.name(outboxTable.name),
      Item: {
        aggregate,
        sequence: entry.sequence,
        topic: entry.topic,
        key: entry.key,
        events: entry.events,
        pending_shard: shardOf(aggregate),
        created_at: entry.createdAt,
      },
      ConditionExpression: 'attribute_not_exists(#aggregate)',
      ExpressionAttributeNames: { '#aggregate': 'aggregate' },
    },
  };
}

/** An item of the outbox table as an entry. */
export function entryOf(item: OutboxItem): OutboxEntry {
  const { topic, key, sequence, events, created_at: createdAt } = item;
  return { topic, key, sequence, through: sequence + events.length - 1, events, createdAt };
}

/** An item of the outbox table. */
export interface OutboxItem {
  aggregate: string;
  sequence: number;
  topic: string;
  key: string;
  events: { id: string; value: string }[];
  created_at: number;
}
