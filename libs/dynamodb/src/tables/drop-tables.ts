import { DeleteTableCommand, ResourceNotFoundException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PhysicalTable } from './define-tables.ts';

/** Removes tables with all they hold, for good; those that are not there are passed over. */
export async function dropTables(
  client: DynamoDBClient,
  definitions: readonly PhysicalTable[],
): Promise<void> {
  await Promise.all(
    definitions.map(async ({ name }) => {
      try {
        await client.send(new DeleteTableCommand({ TableName: name }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    }),
  );
}
