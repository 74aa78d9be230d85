import {
  DescribeTableCommand,
  ResourceNotFoundException,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { PhysicalTable } from './define-tables.ts';

/**
 * The names of all tables and indexes (`table.Index`) that are defined and not there; empty when all are.
 *
 * An application asks this at its start, so that it stops with every missing name instead of failing at the
 * first request.
 */
export async function missingTables(
  client: DynamoDBClient,
  definitions: readonly PhysicalTable[],
): Promise<string[]> {
  const missing = await Promise.all(
    definitions.map(async (table) => {
      const described = await describeTable(client, table.name);
      if (!described) return [table.name];
      const present = new Set(described.GlobalSecondaryIndexes?.map((index) => index.IndexName));
      return table.indexes
        .filter(({ name }) => !present.has(name))
        .map(({ name }) => `${table.name}.${name}`);
    }),
  );
  return missing.flat();
}

/** DynamoDB's description of a table, or undefined where there is none of that name. */
export async function describeTable(
  client: DynamoDBClient,
  name: string,
  limits?: { requestTimeout: number },
): Promise<TableDescription | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }), limits);
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
