import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DeleteCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Tables } from '../tables/define-tables.ts';
import { missingTables } from '../tables/missing-tables.ts';
import { BatchCalls, type BatchKey, type BatchWriteRequest } from './batch-calls.ts';
import { ConditionFailed, QueryBoundExceeded, type Item } from './dynamo.errors.ts';
import { refusedWrite } from './refused-write.ts';
import { retryStoreCall, type Failure, type RetryLimits } from './retry-store-call.ts';
import { StoreClock } from './store-clock.ts';
import { storeClockMiddleware } from './store-clock.middleware.ts';
import { Transactions, type TransactAction, type TransactOptions } from './transactions.ts';

/** One page of a query. */
interface QueryPage<T> {
  items: T[];
  /** Where the next page starts (`ExclusiveStartKey`); undefined after the last one. */
  next?: Item;
}

/**
 * A service's way to its tables: the document client with bounded retries and typed failures.
 *
 * Inputs are the SDK's; take `TableName` from `tables.name(...)`. Items come back as the `T` that the caller
 * says they are: a service owns its tables.
 *
 * Failure: every method throws StoreUnavailable (503 `service_unavailable`) when the store refuses, hangs or is
 * away for longer than the configured budget. Conditional writes throw ConditionFailed, transactions
 * TransactionCancelled, and a write that the store does not take for its size or values throws ChangeRefused. All of
 * them are problems: one that no caller handles is answered as 503 or 409, never as 500.
 */
export class Dynamo {
  private readonly documents: DynamoDBDocumentClient;
  private readonly batches: BatchCalls;
  private readonly transactions: Transactions;
  private readonly clock = new StoreClock();

  constructor(
    readonly tables: Tables,
    private readonly client: DynamoDBClient,
    private readonly limits: RetryLimits,
  ) {
    this.documents = DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.batches = new BatchCalls(this.documents, limits);
    this.transactions = new Transactions(this.documents, limits);
    client.middlewareStack.addRelativeTo(storeClockMiddleware(this.clock), {
      relation: 'after',
      toMiddleware: 'deserializerMiddleware',
      name: 'storeClock',
    });
  }

  /**
   * The store's time, milliseconds since the epoch: for what several instances compare, as a lease does. See
   * `StoreClock`.
   */
  now(): number {
    return this.clock.now();
  }

  /** One item by its key, read consistently, or undefined. @param table its name in `tables.json` */
  async get<T = Item>(table: string, key: Item): Promise<T | undefined> {
    const input = { TableName: this.tables.name(table), Key: key, ConsistentRead: true };
    const { Item: item } = await this.read(() => this.documents.send(new GetCommand(input)));
    return item as T | undefined;
  }

  /**
   * Those of one table's items that there are, by their keys, any number, read consistently, in the order asked.
   *
   * @param table its name in `tables.json`
   */
  async getAll<T = Item>(table: string, keys: readonly Item[]): Promise<T[]> {
    const name = this.tables.name(table);
    const items = await this.batchGet<T>(keys.map((key) => ({ table: name, key })));
    return items.filter((item) => item !== undefined);
  }

  /** One page of a query, at most 1 MB or `Limit` items. */
  async query<T = Item>(input: QueryCommandInput): Promise<QueryPage<T>> {
    const { Items = [], LastEvaluatedKey } = await this.read(() =>
      this.documents.send(new QueryCommand(input)),
    );
    return { items: Items as T[], ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
  }

  /**
   * Every item of a query, page by page.
   *
   * @param maxItems after so many the walk ends with QueryBoundExceeded rather than silently short
   */
  async *queryAll<T = Item>(input: QueryCommandInput, maxItems = 10_000): AsyncGenerator<T> {
    let start: Item | undefined = input.ExclusiveStartKey;
    let seen = 0;
    do {
      const page: QueryPage<T> = await this.query<T>({ ...input, ExclusiveStartKey: start });
      for (const item of page.items) {
        seen += 1;
        if (seen > maxItems) throw new QueryBoundExceeded(maxItems);
        yield item;
      }
      start = page.next;
    } while (start);
  }

  /** The same over several tables; undefined where there is no such item. */
  batchGet<T = Item>(keys: BatchKey[]): Promise<(T | undefined)[]> {
    return this.batches.get<T>(keys);
  }

  /**
   * At most 100 items, no key twice, all as they were at one moment: no transaction is seen by half, as it may be in a
   * batch. Costs twice the capacity of a consistent read, and is tried again while a transaction holds an item.
   */
  transactGet<T = Item>(keys: readonly BatchKey[]): Promise<(T | undefined)[]> {
    return this.transactions.read<T>(keys);
  }

  /** Puts and deletes without conditions, any number; they go through one by one, in no order. */
  batchWrite(requests: BatchWriteRequest[]): Promise<void> {
    return this.batches.write(requests);
  }

  /** Writes one item whole. */
  async put(input: PutCommandInput): Promise<void> {
    await this.write(() => this.documents.send(new PutCommand(input)));
  }

  /**
   * Changes one item; gives the attributes that `ReturnValues` names.
   *
   * A try whose answer is lost is made again: what must not happen twice (`ADD`) goes into `transact`.
   */
  async update<T = Item>(input: UpdateCommandInput): Promise<T | undefined> {
    const { Attributes } = await this.write(() => this.documents.send(new UpdateCommand(input)));
    return Attributes as T | undefined;
  }

  /** Removes one item; removing none is no error. */
  async delete(input: DeleteCommandInput): Promise<void> {
    await this.write(() => this.documents.send(new DeleteCommand(input)));
  }

  /**
   * Writes all of `actions` or none, at most 100 of them.
   *
   * All tries carry one client token, so that a try whose answer was lost is not done twice.
   *
   * @throws TransactionCancelled with a reason for each action
   */
  transact(actions: TransactAction[], options: TransactOptions = {}): Promise<void> {
    return this.transactions.write(actions, options);
  }

  /** Names of the tables and indexes that are declared and not there. */
  missing(): Promise<string[]> {
    return this.read(() => missingTables(this.client, this.tables.definitions));
  }

  /** Closes the connections. */
  close(): void {
    this.client.destroy();
  }

  private read<T>(call: () => Promise<T>): Promise<T> {
    return retryStoreCall(call, this.limits);
  }

  private write<T>(call: () => Promise<T>): Promise<T> {
    return retryStoreCall(call, this.limits, conditionFailed);
  }
}

function conditionFailed(failure: Failure): Error | undefined {
  const { error, lostAnswer } = failure;
  if (!(error instanceof ConditionalCheckFailedException)) return refusedWrite(failure);
  return new ConditionFailed(error.Item && unmarshall(error.Item), lostAnswer);
}
