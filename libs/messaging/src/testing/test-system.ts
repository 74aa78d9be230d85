import { createDynamo, createDynamoClient, createTables, dropTables, type Dynamo } from '@registrar/dynamodb';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { makeEvent, type CloudEvent } from '../events/cloud-event.ts';
import { outboxTable } from '../outbox/outbox-entry.ts';
import { createTopics } from '../topics/create-topics.ts';
import type { TopicDefinition } from '../topics/topic-definition.ts';
import { deleteTopics } from './delete-topics.ts';
import { readAll } from './read-all.ts';

/** The topic of the tests. */
export const seatTopic = { name: 'test.seat.v1', partitions: 3, retention: 'unlimited' } as const;

/** An event of the tests. */
export const seatTaken = {
  type: 'registrar.test.seat.taken',
  topic: seatTopic.name,
  source: '/registrar/test',
  schema: z.strictObject({ course: z.string(), sequence: z.int() }),
} as const;

/** Tables and topics of one test file, apart from everybody else's. */
export interface TestSystem {
  prefix: string;
  brokers: string[];
  dynamo: Dynamo;
  topic: string;
  close(): Promise<void>;
}

/** A seat event of `course` with this sequence. */
export function seatEvent(course: string, sequence: number): CloudEvent {
  return makeEvent(seatTaken, {
    id: `evt_${course}_${sequence}`,
    subject: course,
    time: new Date(),
    data: { course, sequence },
  });
}

/** Makes the tables and topics that the integration tests need, on the stack that the environment names. */
export async function testSystem(topics: readonly TopicDefinition[] = [seatTopic]): Promise<TestSystem> {
  const prefix = `t${randomUUID().slice(0, 8)}_`;
  const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
  const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';
  const dynamo = createDynamo({
    service: 'test',
    tables: { tables: [outboxTable] },
    config: { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix },
  });
  const client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });
  await Promise.all([createTables(client, dynamo.tables.definitions), createTopics(brokers, prefix, topics)]);
  const close = async () => {
    await dropTables(client, dynamo.tables.definitions);
    client.destroy();
    dynamo.close();
    await deleteTopics(
      brokers,
      topics.map(({ name }) => prefix + name),
    );
  };
  return { prefix, brokers, dynamo, topic: prefix + seatTopic.name, close };
}

/** Every event of a physical topic, partition after partition, in the order of its offsets. */
export async function everythingOn(brokers: string[], topic: string): Promise<CloudEvent[]> {
  const messages = await readAll(brokers, topic);
  return messages.map(({ value }) => JSON.parse(value ?? 'null') as CloudEvent);
}
