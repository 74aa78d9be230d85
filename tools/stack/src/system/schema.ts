import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PhysicalTable } from '@registrar/dynamodb';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';
import type { Addresses } from '../backing/part.ts';
import { until } from '../process/wait.ts';
import { StackFault } from '../stack-fault.ts';
import { workspaceRoot } from '../workspace.ts';
import { appNames } from './app-names.ts';

type KafkaAddress = Pick<Addresses, 'KAFKA_BROKERS'>;

function brokersOf({ KAFKA_BROKERS }: KafkaAddress): string[] {
  return KAFKA_BROKERS.split(',').map((broker) => broker.trim());
}

async function withAdmin(address: KafkaAddress, work: (admin: Admin) => Promise<void>): Promise<void> {
  const brokers = brokersOf(address);
  const admin = new Kafka({ clientId: 'registrar-stack', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Group ids that fall, one each, on four partitions in a row of the broker's own topic of groups. */
const probeGroups = ['a', 'b', 'c', 'd'].map((letter) => `registrar-stack-${letter}`);
const answerTimeoutMs = 30_000;

/**
 * Waits until groups can be joined. A broker makes its topic of groups at the first question, and refuses to let
 * anybody join for a moment.
 */
async function awaitCoordinators(admin: Admin): Promise<void> {
  for (const groupId of probeGroups) {
    const answers = async (): Promise<boolean> => {
      try {
        await admin.fetchOffsets({ groupId });
        return true;
      } catch (error) {
        if (error instanceof Error && error.name.startsWith('KafkaJS')) return false;
        throw error;
      }
    };
    if (!(await until(answers, { timeoutMs: answerTimeoutMs })))
      throw new StackFault('Kafka answers, but does not let consumers join.');
  }
}

/** Creates the topics that are not there yet; waits for their leaders, and until groups can be joined. */
export async function createTopics(address: KafkaAddress, prefix: string): Promise<void> {
  const [{ createTopics: create }, { contractTopics }] = await Promise.all([
    import('@registrar/messaging'),
    import('./contract-topics.ts'),
  ]);
  await Promise.all([
    create(brokersOf(address), prefix, contractTopics),
    withAdmin(address, awaitCoordinators),
  ]);
}

/** Removes the topics of a system for good. Those that are not there are passed over. */
export async function dropTopics(address: KafkaAddress, prefix: string): Promise<void> {
  const [{ topicsToCreate }, { contractTopics }] = await Promise.all([
    import('@registrar/messaging'),
    import('./contract-topics.ts'),
  ]);
  const wanted = new Set(topicsToCreate(contractTopics, prefix).map(({ topic }) => topic));
  await withAdmin(address, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => wanted.has(topic));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
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
