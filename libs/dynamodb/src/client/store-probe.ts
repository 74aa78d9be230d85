import { GetItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tables } from '../tables/define-tables.ts';
import type { KeyAttribute } from '../tables/table-definition.ts';
import { createDynamoClient } from './create-client.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { retryStoreCall } from './retry-store-call.ts';

/** Below the time limit of a health check, so that the store's own fault is what it reports, ms. */
const timeLimitMs = 900;

/**
 * Asks whether the store answers: one read of a key that is not there, over a connection of its own, so that it
 * neither waits behind requests nor takes a connection from one.
 */
export class StoreProbe {
  private readonly client: DynamoDBClient;
  private readonly read: GetItemCommand;

  constructor({ definitions }: Tables, config: DynamoConfig) {
    this.client = createDynamoClient({
      ...config,
      maxSockets: 1,
      connectionTimeoutMs: timeLimitMs,
      requestTimeoutMs: timeLimitMs,
    });
    const [table] = definitions;
    const keys = table ? [table.partitionKey, table.sortKey].filter((key) => key !== undefined) : [];
    this.read = new GetItemCommand({
      TableName: table?.name,
      Key: Object.fromEntries(keys.map((key) => [key.name, valueOf(key)])),
    });
  }

  /** @throws StoreUnavailable where the store does not answer in time; another Error where it refuses the read */
  async readOnce(): Promise<void> {
    await retryStoreCall(() => this.client.send(this.read), { maxAttempts: 1, deadlineMs: 0 });
  }

  /** Closes the connection. */
  close(): void {
    this.client.destroy();
  }
}

function valueOf({ type }: KeyAttribute): AttributeValue {
  if (type === 'N') return { N: '0' };
  return type === 'B' ? { B: Buffer.from('health') } : { S: 'health' };
}
