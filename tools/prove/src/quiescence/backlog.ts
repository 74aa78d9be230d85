import { shards } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { createKafka, deadLetterTopicOf } from '@registrar/messaging';
import { appNames, contractTopics } from '@registrar/stack';
import type { System } from '@registrar/stack';
import type { Stores } from '../snapshot/stores.ts';
import type { Backlog } from '../snapshot/snapshot.ts';

type Admin = ReturnType<ReturnType<typeof createKafka>['admin']>;

/** So many are counted at most of one shard: whether it is none is what matters. */
const perShard = 500;

async function countOf(
  dynamo: Dynamo,
  table: string,
  index: string,
  key: string,
  keys: readonly string[] = shards,
): Promise<number> {
  const pages = await Promise.all(
    keys.map((shard) =>
      dynamo.query({
        TableName: dynamo.tables.name(table),
        IndexName: index,
        KeyConditionExpression: '#key = :shard',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':shard': shard },
        Limit: perShard,
      }),
    ),
  );
  return pages.reduce((sum, { items }) => sum + items.length, 0);
}

/** Counts what is still to be done, by asking tables and Kafka from outside. */
export class BacklogCounter {
  private readonly admin: Admin;
  private readonly stores: Stores;
  private readonly prefix: string;

  private constructor(admin: Admin, stores: Stores, prefix: string) {
    this.admin = admin;
    this.stores = stores;
    this.prefix = prefix;
  }

  static async open(
    { addresses, prefixes }: Pick<System, 'addresses' | 'prefixes'>,
    stores: Stores,
  ): Promise<BacklogCounter> {
    const kafka = createKafka({ brokers: addresses.KAFKA_BROKERS.split(','), clientId: 'prove' });
    const admin = kafka.admin();
    await admin.connect();
    return new BacklogCounter(admin, stores, prefixes.TOPIC_PREFIX);
  }

  /** All that should be nothing in the end. */
  async count(): Promise<Backlog> {
    return { ...(await this.inTables()), ...(await this.onTopics()) };
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  private async inTables(): Promise<Backlog> {
    const { gateway, courses, enrollments, notifications } = this.stores;
    const outbox = (dynamo: Dynamo) => countOf(dynamo, 'outbox', 'PendingOutbox', 'pending_shard');
    const changes = (table: string, index: string) => countOf(courses, table, index, 'pending_shard');
    const work = (table: string, index: string) => countOf(enrollments, table, index, 'pending_shard');
    const mail = (state: string) =>
      countOf(
        notifications,
        'notifications',
        'MailByState',
        'mail_shard',
        shards.map((shard) => `${state}#${shard}`),
      );
    return {
      'events of gateway unpublished': await outbox(gateway),
      'events of courses unpublished': await outbox(courses),
      'events of enrollments unpublished': await outbox(enrollments),
      'changes of courses unfinished': await changes('courses', 'PendingCourses'),
      'changes of semesters unfinished': await changes('semesters', 'PendingSemesters'),
      'courses with work owed': await work('course_seats', 'PendingWork'),
      'students to be judged again': await work('student_semesters', 'PendingRetries'),
      'mails to be sent': await mail('queued'),
      'mails given up': await mail('failed'),
    };
  }

  private async onTopics(): Promise<Backlog> {
    const names = contractTopics.map(({ name }) => `${this.prefix}${name}`);
    let behind = 0;
    let dead = 0;
    for (const topic of names) {
      const ends = await this.admin.fetchTopicOffsets(topic);
      for (const group of appNames) behind += await this.behindOf(`${this.prefix}${group}`, topic, ends);
      const letters = await this.admin.fetchTopicOffsets(deadLetterTopicOf(topic));
      dead += letters.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    }
    return { 'events not worked on': behind, 'dead letters': dead };
  }

  /** Events that a service's group has not worked on; a group that reads the topic has an offset somewhere on it. */
  private async behindOf(
    groupId: string,
    topic: string,
    ends: readonly { partition: number; high: string }[],
  ): Promise<number> {
    const [committed] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    const offsets = new Map(
      committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]),
    );
    if ([...offsets.values()].every((offset) => offset < 0)) return 0;
    return ends.reduce(
      (sum, { partition, high }) =>
        sum + Math.max(0, Number(high) - Math.max(0, offsets.get(partition) ?? 0)),
      0,
    );
  }
}
