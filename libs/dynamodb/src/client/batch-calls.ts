import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchGetCommandInput,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '@registrar/service';
import { StoreUnavailable, type Item } from './dynamo.errors.ts';
import { backoffMs } from './faults.rules.ts';
import { retries } from './dynamo.metrics.ts';
import { retrying, type Patience } from './retrying.ts';

/** An item's address: the physical table and the whole key. */
export interface BatchKey {
  table: string;
  key: Item;
}

/** A put of a whole item, or a delete by key, in a physical table. */
export type BatchWriteRequest = { table: string } & ({ put: Item } | { delete: Item });

type ReadRequests = NonNullable<BatchGetCommandInput['RequestItems']>;
type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>;

const readChunk = 100;
const writeChunk = 25;

/**
 * Batches of any size, cut to DynamoDB's; what it leaves unprocessed (throttled, or over 16 MB) is asked again
 * with a jitter, within the budget of `patience`, then StoreUnavailable.
 */
export class BatchCalls {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly patience: Patience,
  ) {}

  /** Items in the order of `keys`, undefined where there is none. A key may come more than once. */
  async get<T>(keys: BatchKey[], consistent: boolean): Promise<(T | undefined)[]> {
    const unique = [...new Map(keys.map((each) => [addressOf(each.table, each.key), each])).values()];
    const found = new Map<string, Item>();
    const shapes = new Map(unique.map(({ table, key }) => [table, Object.keys(key)]));
    await Promise.all(
      chunks(unique, readChunk).map(async (chunk) => {
        for await (const [table, item] of this.read(readRequests(chunk, consistent))) {
          found.set(addressOf(table, pick(item, shapes.get(table) ?? [])), item);
        }
      }),
    );
    return keys.map(({ table, key }) => found.get(addressOf(table, key)) as T | undefined);
  }

  async write(requests: BatchWriteRequest[]): Promise<void> {
    await Promise.all(chunks(requests, writeChunk).map((chunk) => this.writeChunk(writeRequests(chunk))));
  }

  private async *read(requests: ReadRequests): AsyncGenerator<[table: string, item: Item]> {
    const deadline = steadyNow() + this.patience.budgetMs;
    for (let attempt = 1, left: ReadRequests | undefined = requests; left; attempt += 1) {
      const RequestItems: ReadRequests = left;
      const { Responses = {}, UnprocessedKeys } = await retrying(
        () => this.documents.send(new BatchGetCommand({ RequestItems })),
        this.patience,
        () => undefined,
      );
      for (const [table, items] of Object.entries(Responses)) {
        for (const item of items) yield [table, item];
      }
      left = isEmpty(UnprocessedKeys) ? undefined : UnprocessedKeys;
      if (left) await pause(attempt, deadline);
    }
  }

  private async writeChunk(requests: WriteRequests): Promise<void> {
    const deadline = steadyNow() + this.patience.budgetMs;
    for (let attempt = 1, left: WriteRequests | undefined = requests; left; attempt += 1) {
      const RequestItems: WriteRequests = left;
      const { UnprocessedItems } = await retrying(
        () => this.documents.send(new BatchWriteCommand({ RequestItems })),
        this.patience,
        () => undefined,
      );
      left = isEmpty(UnprocessedItems) ? undefined : UnprocessedItems;
      if (left) await pause(attempt, deadline);
    }
  }
}

async function pause(attempt: number, deadline: number): Promise<void> {
  const waitMs = backoffMs(attempt, Math.random());
  if (steadyNow() + waitMs >= deadline) throw new StoreUnavailable(new Error('a batch stayed unprocessed'));
  retries.inc({ fault: 'throttled' });
  await delay(waitMs);
}

function readRequests(keys: BatchKey[], consistent: boolean): ReadRequests {
  const requests: Record<string, { Keys: Item[]; ConsistentRead: boolean }> = {};
  for (const { table, key } of keys) {
    (requests[table] ??= { Keys: [], ConsistentRead: consistent }).Keys.push(key);
  }
  return requests;
}

function writeRequests(writes: BatchWriteRequest[]): WriteRequests {
  const requests: WriteRequests = {};
  for (const write of writes) {
    (requests[write.table] ??= []).push(
      'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
    );
  }
  return requests;
}

function addressOf(table: string, key: Item): string {
  const values = Object.keys(key)
    .sort()
    .map((name) => [name, key[name]]);
  return JSON.stringify([table, values]);
}

function pick(item: Item, names: string[]): Item {
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

function isEmpty(requests: object | undefined): boolean {
  return requests === undefined || Object.keys(requests).length === 0;
}
