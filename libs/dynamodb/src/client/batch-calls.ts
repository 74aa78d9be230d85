import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchGetCommandInput,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { retryWithBackoff } from '@registrar/async';
import { StoreUnavailable, type Item } from './dynamo.errors.ts';
import { retries } from './dynamo.metrics.ts';
import { retryStoreCall, storeBackoff, type RetryLimits } from './retry-store-call.ts';

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

/** The store left a part of a batch unprocessed: throttled, or over 16 MB. */
class Unprocessed extends StoreUnavailable {
  constructor() {
    super(new Error('The store left a part of a batch unprocessed'));
  }
}

/**
 * Batches of any size, cut to DynamoDB's. What it leaves unprocessed is sent again with backoff.
 *
 * Failure: StoreUnavailable after `deadlineMs`.
 */
export class BatchCalls {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly limits: RetryLimits,
  ) {}

  /** Items in the order of `keys`, read consistently, undefined where there is none. A key may come more than once. */
  async get<T>(keys: BatchKey[]): Promise<(T | undefined)[]> {
    const unique = [...new Map(keys.map((each) => [addressOf(each.table, each.key), each])).values()];
    const found = new Map<string, Item>();
    const shapes = new Map(unique.map(({ table, key }) => [table, Object.keys(key)]));
    const send = async (RequestItems: ReadRequests) => {
      const { Responses = {}, UnprocessedKeys } = await this.documents.send(
        new BatchGetCommand({ RequestItems }),
      );
      for (const [table, items] of Object.entries(Responses)) {
        for (const item of items) found.set(addressOf(table, pick(item, shapes.get(table) ?? [])), item);
      }
      return UnprocessedKeys;
    };
    await Promise.all(chunks(unique, readChunk).map((chunk) => this.sendAll(readRequests(chunk), send)));
    return keys.map(({ table, key }) => found.get(addressOf(table, key)) as T | undefined);
  }

  async write(requests: BatchWriteRequest[]): Promise<void> {
    const send = async (RequestItems: WriteRequests) =>
      (await this.documents.send(new BatchWriteCommand({ RequestItems }))).UnprocessedItems;
    await Promise.all(chunks(requests, writeChunk).map((chunk) => this.sendAll(writeRequests(chunk), send)));
  }

  /** @param send gives what the store left unprocessed */
  private async sendAll<R extends object>(
    requests: R,
    send: (left: R) => Promise<R | undefined>,
  ): Promise<void> {
    let left = requests;
    const sendLeft = async () => {
      const unprocessed = await retryStoreCall(() => send(left), this.limits);
      if (unprocessed === undefined || Object.keys(unprocessed).length === 0) return;
      left = unprocessed;
      throw new Unprocessed();
    };
    await retryWithBackoff(sendLeft, {
      deadlineMs: this.limits.deadlineMs,
      backoff: storeBackoff,
      isRetryable: (error) => error instanceof Unprocessed,
      onRetry: () => retries.inc({ fault: 'throttled' }),
    });
  }
}

function readRequests(keys: BatchKey[]): ReadRequests {
  const requests: Record<string, { Keys: Item[]; ConsistentRead: boolean }> = {};
  for (const { table, key } of keys) {
    (requests[table] ??= { Keys: [], ConsistentRead: true }).Keys.push(key);
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
