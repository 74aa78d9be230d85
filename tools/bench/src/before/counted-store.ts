/* eslint-disable no-restricted-imports, no-restricted-syntax -- the old way scans whole tables: that is what it is here to show */
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

/** What the old way asked of its database. */
export interface StoreCounts {
  scans: number;
  otherCalls: number;
  readUnits: number;
  writeUnits: number;
  /** Size of the items that came back, as JSON. */
  bytes: number;
}

/** A row. */
export type Row = Record<string, unknown>;

/**
 * The database of the old way: Scan and filter, and a new connection for each call, as code does that makes a client
 * where it needs one. Each call's consumed capacity is counted.
 */
export class CountedStore {
  readonly counts: StoreCounts = { scans: 0, otherCalls: 0, readUnits: 0, writeUnits: 0, bytes: 0 };
  private readonly documents: DynamoDBDocumentClient;
  private readonly prefix: string;

  constructor(endpoint: string, tablePrefix: string) {
    const client = new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: false, maxSockets: 1_000 } }),
    });
    this.documents = DynamoDBDocumentClient.from(client);
    this.prefix = `${tablePrefix}before_`;
  }

  /** All rows of a table for which `conditions` hold; reads the table from one end to the other. */
  async find(table: string, conditions: Row): Promise<Row[]> {
    const names = Object.keys(conditions);
    const input = {
      TableName: this.prefix + table,
      ReturnConsumedCapacity: 'TOTAL' as const,
      ...(names.length > 0 && {
        FilterExpression: names.map((_, at) => `#n${at} = :v${at}`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name, at) => [`:v${at}`, conditions[name]])),
      }),
    };
    const rows: Row[] = [];
    let from: Row | undefined;
    do {
      const page = await this.documents.send(new ScanCommand({ ...input, ExclusiveStartKey: from }));
      this.counts.scans += 1;
      this.read(page.ConsumedCapacity, page.Items ?? []);
      rows.push(...((page.Items ?? []) as Row[]));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return rows;
  }

  /** One row by its key. */
  async get(table: string, id: string): Promise<Row | undefined> {
    const input = { TableName: this.prefix + table, Key: { id }, ReturnConsumedCapacity: 'TOTAL' as const };
    const { Item, ConsumedCapacity } = await this.documents.send(new GetCommand(input));
    this.counts.otherCalls += 1;
    this.read(ConsumedCapacity, Item === undefined ? [] : [Item]);
    return Item;
  }

  /** Writes a whole row. */
  async put(table: string, row: Row): Promise<void> {
    const input = { TableName: this.prefix + table, Item: row, ReturnConsumedCapacity: 'TOTAL' as const };
    const { ConsumedCapacity } = await this.documents.send(new PutCommand(input));
    this.written(ConsumedCapacity);
  }

  /** Takes a seat of a course. @throws ConditionalCheckFailedException where there is none */
  async takeSeat(courseId: string): Promise<void> {
    const input = {
      TableName: `${this.prefix}courses`,
      Key: { id: courseId },
      UpdateExpression: 'SET enrolled_count = enrolled_count + :one',
      ConditionExpression: 'enrolled_count < #capacity',
      ExpressionAttributeNames: { '#capacity': 'capacity' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnConsumedCapacity: 'TOTAL' as const,
    };
    const { ConsumedCapacity } = await this.documents.send(new UpdateCommand(input));
    this.written(ConsumedCapacity);
  }

  private read(capacity: ConsumedCapacity | undefined, rows: readonly Row[]): void {
    this.counts.readUnits += capacity?.CapacityUnits ?? 0;
    this.counts.bytes += rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
  }

  private written(capacity: ConsumedCapacity | undefined): void {
    this.counts.otherCalls += 1;
    this.counts.writeUnits += capacity?.CapacityUnits ?? 0;
  }
}
