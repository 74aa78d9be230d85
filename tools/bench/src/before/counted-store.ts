/* eslint-disable no-restricted-imports, no-restricted-syntax -- the system before scans whole tables: that is what it is here to show */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { StoreAddress } from '../seed/bench-store.ts';

/** The database calls of the system before. */
export interface StoreCounts {
  scans: number;
  otherCalls: number;
  readUnits: number;
  writeUnits: number;
  /** Size of the items that came back, as JSON. */
  bytes: number;
}

/** A row; its fields are named as in answers. */
export type Row = Record<string, unknown>;

/**
 * The database of the system before: Scan and filter, and a new connection for each call, as in code that makes a
 * client where it needs one. Counts calls and consumed capacity.
 */
export class CountedStore {
  readonly counts: StoreCounts = { scans: 0, otherCalls: 0, readUnits: 0, writeUnits: 0, bytes: 0 };
  private readonly documents: DynamoDBDocumentClient;
  private readonly prefix: string;

  constructor({ DYNAMODB_ENDPOINT: endpoint, TABLE_PREFIX }: StoreAddress) {
    const client = new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: false, maxSockets: 1_000 } }),
    });
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
          this.countCall(commandName, result.output as { ConsumedCapacity?: ConsumedCapacity });
          return result;
        },
      { step: 'initialize', name: 'count' },
    );
    this.documents = DynamoDBDocumentClient.from(client);
    this.prefix = `${TABLE_PREFIX}before_`;
  }

  /** All rows of a table with these values; reads the table from one end to the other. */
  async find(table: string, conditions: Row): Promise<Row[]> {
    const names = Object.keys(conditions);
    const input = {
      TableName: this.prefix + table,
      FilterExpression: names.map((name) => `#${name} = :${name}`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, conditions[name]])),
    };
    const rows: Row[] = [];
    let from: Row | undefined;
    do {
      const page = await this.documents.send(new ScanCommand({ ...input, ExclusiveStartKey: from }));
      rows.push(...((page.Items ?? []) as Row[]));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    this.countBytes(rows);
    return rows;
  }

  /** One row by its key. */
  async get(table: string, id: string): Promise<Row | undefined> {
    const input = { TableName: this.prefix + table, Key: { id } };
    const { Item } = await this.documents.send(new GetCommand(input));
    this.countBytes(Item === undefined ? [] : [Item]);
    return Item;
  }

  /** Writes a whole row. */
  async put(table: string, row: Row): Promise<void> {
    await this.documents.send(new PutCommand({ TableName: this.prefix + table, Item: row }));
  }

  /** Takes a seat of a course. @throws ConditionalCheckFailedException where there is none */
  async takeSeat(courseId: string): Promise<void> {
    const input = {
      TableName: `${this.prefix}courses`,
      Key: { id: courseId },
      UpdateExpression: 'SET enrolledCount = enrolledCount + :one',
      ConditionExpression: 'enrolledCount < #capacity',
      ExpressionAttributeNames: { '#capacity': 'capacity' },
      ExpressionAttributeValues: { ':one': 1 },
    };
    await this.documents.send(new UpdateCommand(input));
  }

  private countCall(command: string, { ConsumedCapacity }: { ConsumedCapacity?: ConsumedCapacity }): void {
    const isScan = command === 'ScanCommand';
    const isRead = isScan || command === 'GetItemCommand';
    this.counts[isScan ? 'scans' : 'otherCalls'] += 1;
    this.counts[isRead ? 'readUnits' : 'writeUnits'] += ConsumedCapacity?.CapacityUnits ?? 0;
  }

  private countBytes(rows: readonly Row[]): void {
    this.counts.bytes += rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
  }
}
