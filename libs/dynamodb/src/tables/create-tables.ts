import {
  CreateTableCommand,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '@registrar/service';
import type { PhysicalTable } from './define-tables.ts';
import { describeTable } from './missing-tables.ts';
import { keyAttributes, keysOf, type IndexDefinition, type KeyAttribute } from './table-definition.ts';

const pollMs = 100;
/** To make a table takes longer than to read an item: DynamoDB Local had 2 s and more while a dozen were made. */
const longLimit = { requestTimeout: 30_000 };

/** How tables are created. */
interface CreateTablesOptions {
  /** How long one table may take to become active; 120,000 ms. */
  waitMs?: number;
  /**
   * Whether expired items are removed. By default only on AWS: DynamoDB Local spends one of ten threads on each
   * such table, and with seven of them it adds no index to any table any more.
   */
  timeToLive?: boolean;
}

/**
 * Makes the tables exist as defined: on-demand capacity, indexes, time to live; returns when all are active.
 *
 * May be run again: an existing table is kept with its items, and an index or a time to live that it lacks is
 * added. Nothing is ever removed. Throws when a table exists with other keys.
 */
export async function createTables(
  client: DynamoDBClient,
  definitions: readonly PhysicalTable[],
  options: CreateTablesOptions = {},
): Promise<void> {
  const { waitMs = 120_000, timeToLive = client.config.isCustomEndpoint !== true } = options;
  await Promise.all(
    definitions.map(async (table) => {
      await createTable(client, table, waitMs);
      if (timeToLive) await enableTimeToLive(client, table);
    }),
  );
}

async function createTable(client: DynamoDBClient, table: PhysicalTable, waitMs: number): Promise<void> {
  const existing = await describeTable(client, table.name, longLimit);
  if (!existing) await create(client, table);
  await untilActive(client, table.name, waitMs);
  await refuseOtherKeys(client, table);
  await addMissingIndexes(client, table, waitMs);
}

async function create(client: DynamoDBClient, table: PhysicalTable): Promise<void> {
  const indexes = table.indexes.map(indexSchema);
  try {
    await client.send(
      new CreateTableCommand({
        TableName: table.name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(table),
        AttributeDefinitions: attributeDefinitions(keyAttributes(table)),
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      }),
      longLimit,
    );
  } catch (error) {
    // Another process created it between the question and the answer.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

async function untilActive(client: DynamoDBClient, name: string, waitMs: number): Promise<void> {
  const deadline = steadyNow() + waitMs;
  for (;;) {
    const table = await describeTable(client, name, longLimit);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    if (table?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE')) return;
    if (steadyNow() > deadline) throw new Error(`table ${name} did not become active in ${waitMs} ms`);
    await delay(pollMs);
  }
}

async function refuseOtherKeys(client: DynamoDBClient, table: PhysicalTable): Promise<void> {
  const described = await describeTable(client, table.name, longLimit);
  const found = (described?.KeySchema ?? []).map((key) => `${key.KeyType} ${key.AttributeName}`).join(', ');
  const wanted = keySchema(table)
    .map((key) => `${key.KeyType} ${key.AttributeName}`)
    .join(', ');
  if (found !== wanted) throw new Error(`table ${table.name} has the keys ${found}, wanted ${wanted}`);
}

async function addMissingIndexes(
  client: DynamoDBClient,
  table: PhysicalTable,
  waitMs: number,
): Promise<void> {
  const described = await describeTable(client, table.name, longLimit);
  const present = new Set(described?.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  for (const index of table.indexes.filter((each) => !present.has(each.name))) {
    // DynamoDB adds one index at a time, so each is awaited.
    await client.send(
      new UpdateTableCommand({
        TableName: table.name,
        AttributeDefinitions: attributeDefinitions([...keysOf(table), ...keysOf(index)]),
        GlobalSecondaryIndexUpdates: [{ Create: indexSchema(index) }],
      }),
      longLimit,
    );
    await untilActive(client, table.name, waitMs);
  }
}

async function enableTimeToLive(client: DynamoDBClient, table: PhysicalTable): Promise<void> {
  if (table.ttlAttribute === undefined) return;
  const { TimeToLiveDescription: now } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: table.name }),
  );
  if (now?.TimeToLiveStatus === 'ENABLED' || now?.TimeToLiveStatus === 'ENABLING') return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: table.name,
      TimeToLiveSpecification: { AttributeName: table.ttlAttribute, Enabled: true },
    }),
  );
}

function keySchema(holder: {
  partitionKey: KeyAttribute;
  sortKey?: KeyAttribute | undefined;
}): KeySchemaElement[] {
  const keys: KeySchemaElement[] = [{ AttributeName: holder.partitionKey.name, KeyType: 'HASH' }];
  if (holder.sortKey) keys.push({ AttributeName: holder.sortKey.name, KeyType: 'RANGE' });
  return keys;
}

function attributeDefinitions(keys: KeyAttribute[]) {
  return [...new Map(keys.map((key) => [key.name, key.type]))].map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  }));
}

function indexSchema(index: IndexDefinition): GlobalSecondaryIndex {
  const { projection } = index;
  return {
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: Array.isArray(projection)
      ? { ProjectionType: 'INCLUDE', NonKeyAttributes: projection }
      : { ProjectionType: projection },
  };
}
