import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PhysicalTable } from '@registrar/dynamodb';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin, ITopicConfig } from 'kafkajs';
import type { Addresses } from '../backing/part.ts';
import { until } from '../process/wait.ts';
import { StackFault } from '../stack-fault.ts';
import { workspaceRoot } from '../workspace.ts';
import { appNames } from './app-names.ts';

/** A topic as the contracts describe it. */
export interface TopicDefinition {
  readonly name: string;
  readonly partitions: number;
  /** How long an event is kept, ms. */
  readonly retention: number | 'unlimited';
}

/** How long a dead letter waits for somebody to look at it, ms: 14 days. */
const deadLetterRetentionMs = 14 * 24 * 3_600_000;

/** The physical topics: each one, and beside it the one for its dead letters. */
export function topicsToCreate(definitions: readonly TopicDefinition[], prefix: string): ITopicConfig[] {
  const topic = (name: string, partitions: number, retention: number | 'unlimited'): ITopicConfig => ({
    topic: `${prefix}${name}`,
    numPartitions: partitions,
    replicationFactor: 1,
    configEntries: [
      { name: 'retention.ms', value: retention === 'unlimited' ? '-1' : String(retention) },
      { name: 'cleanup.policy', value: 'delete' },
    ],
  });
  return definitions.flatMap(({ name, partitions, retention }) => [
    topic(name, partitions, retention),
    topic(`${name}.dlq`, 1, deadLetterRetentionMs),
  ]);
}

function adminOf({ KAFKA_BROKERS }: Pick<Addresses, 'KAFKA_BROKERS'>): Admin {
  const brokers = KAFKA_BROKERS.split(',').map((broker) => broker.trim());
  return new Kafka({ clientId: 'registrar-stack', brokers, logLevel: logLevel.NOTHING }).admin();
}

/** Group ids that fall, one each, on four partitions in a row of the broker's own topic of groups. */
const probeGroups = ['a', 'b', 'c', 'd'].map((letter) => `registrar-stack-${letter}`);
const answerTimeoutMs = 30_000;

/** Asks until Kafka answers, which may refuse for a moment what it has just made. */
async function untilAnswered(ask: () => Promise<unknown>, fault: string): Promise<void> {
  const answers = async (): Promise<boolean> => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('KafkaJS')) return false;
      throw error;
    }
  };
  if (!(await until(answers, { timeoutMs: answerTimeoutMs }))) throw new StackFault(fault);
}

/**
 * Waits until groups can be joined. A broker makes its topic of groups at the first question, and for
 * a moment refuses whoever would join.
 */
async function awaitCoordinators(admin: Admin): Promise<void> {
  for (const groupId of probeGroups) {
    const ask = () => admin.fetchOffsets({ groupId });
    await untilAnswered(ask, 'Kafka answers, but does not let consumers join.');
  }
}

/** Makes the topics and waits until their leaders answer; kafkajs's own waiting gives up at a passing refusal. */
async function makeTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  for (const { topic } of topics) {
    await untilAnswered(() => admin.fetchTopicOffsets(topic), `Kafka made ${topic}, but does not lead it.`);
  }
}

/** Creates the topics that are not there yet; waits for their leaders, and until groups can be joined. */
export async function createTopics(
  addresses: Pick<Addresses, 'KAFKA_BROKERS'>,
  prefix: string,
): Promise<void> {
  const { contractTopics } = await import('./contract-topics.ts');
  const topics = topicsToCreate(contractTopics, prefix);
  const admin = adminOf(addresses);
  await admin.connect();
  try {
    await Promise.all([makeTopics(admin, topics), awaitCoordinators(admin)]);
  } finally {
    await admin.disconnect();
  }
}

/** Removes the topics of a system for good. Those that are not there are passed over. */
export async function dropTopics(addresses: Pick<Addresses, 'KAFKA_BROKERS'>, prefix: string): Promise<void> {
  const { contractTopics } = await import('./contract-topics.ts');
  const wanted = new Set(topicsToCreate(contractTopics, prefix).map(({ topic }) => topic));
  const admin = adminOf(addresses);
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => wanted.has(topic));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}

async function definedTables(prefix: string): Promise<PhysicalTable[]> {
  const { defineTables } = await import('@registrar/dynamodb');
  return appNames.flatMap((app) => {
    const file = join(workspaceRoot, 'apps', app, 'tables.json');
    if (!existsSync(file)) return [];
    return defineTables(app, prefix, JSON.parse(readFileSync(file, 'utf8'))).definitions;
  });
}

type DynamodbAddress = Pick<Addresses, 'DYNAMODB_ENDPOINT'>;

async function withDynamodb<Result>(
  { DYNAMODB_ENDPOINT }: DynamodbAddress,
  work: (client: DynamoDBClient) => Promise<Result>,
): Promise<Result> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const region = process.env['AWS_REGION'] ?? 'us-east-1';
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: DYNAMODB_ENDPOINT, region, credentials });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/** Creates the tables and indexes that are not there yet. */
export async function createAllTables(address: DynamodbAddress, prefix: string): Promise<void> {
  const { createTables } = await import('@registrar/dynamodb');
  await withDynamodb(address, async (client) => createTables(client, await definedTables(prefix)));
}

/** Removes the tables of a system for good. Those that are not there are passed over. */
export async function dropTables(address: DynamodbAddress, prefix: string): Promise<void> {
  const { DeleteTableCommand, ResourceNotFoundException } = await import('@aws-sdk/client-dynamodb');
  await withDynamodb(address, async (client) => {
    for (const { name } of await definedTables(prefix)) {
      await client.send(new DeleteTableCommand({ TableName: name })).catch((error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      });
    }
  });
}
