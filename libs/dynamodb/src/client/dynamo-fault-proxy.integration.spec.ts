import { Logger } from '@nestjs/common';
import {
  createDynamo,
  createDynamoClient,
  createTables,
  dropTables,
  StoreUnavailable,
  TransactionCancelled,
  type Dynamo,
} from '../index.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DynamoFaultProxy } from '@registrar/testing';

Logger.overrideLogger(false);

const prefix = `t${randomUUID().slice(0, 8)}_`;
const tables = { tables: [{ name: 'seats', partitionKey: { name: 'id', type: 'S' } }] };
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';

let proxy: DynamoFaultProxy;
let dynamo: Dynamo;
let table: string;
let client: ReturnType<typeof createDynamoClient>;

beforeAll(async () => {
  proxy = await DynamoFaultProxy.start(endpoint);
  const config = { DYNAMODB_ENDPOINT: proxy.url, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix };
  const limits = { maxAttempts: 4, deadlineMs: 10_000, requestTimeoutMs: 1_000 };
  dynamo = createDynamo({ service: 'test', tables, config, limits });
  table = dynamo.tables.name('seats');
  client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });
  await createTables(client, dynamo.tables.definitions);
});

afterEach(() => {
  proxy.clear();
  proxy.calls.clear();
});

afterAll(async () => {
  await dropTables(client, dynamo.tables.definitions);
  client.destroy();
  dynamo.close();
  await proxy.close();
});

const add = (id: string) => ({
  Update: {
    TableName: table,
    Key: { id },
    UpdateExpression: 'ADD taken :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});
const claim = (id: string) => ({
  Put: { TableName: table, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' },
});
const get = (id: string) => dynamo.get('seats', { id });

describe('a store that fails for a moment', () => {
  it.each(['throttle', 'conflict', 'unavailable', 'internal-error', 'hang-up', 'silence'] as const)(
    'is asked again after %s, and the transaction is done once',
    async (fault) => {
      const rule = proxy.when({ operation: 'TransactWriteItems' }, fault, 2);
      await dynamo.transact([add(`after ${fault}`)]);
      expect(rule.hits).toBe(2);
      expect(await get(`after ${fault}`)).toMatchObject({ taken: 1 });
    },
  );

  it('does not do a transaction twice whose answer was lost', async () => {
    proxy.when({ operation: 'TransactWriteItems' }, 'lose-answer', 2);
    await dynamo.transact([add('lost')]);
    expect(proxy.calls.get('TransactWriteItems')).toBeGreaterThanOrEqual(3);
    expect(await get('lost')).toMatchObject({ taken: 1 });
  });

  it('does not take its own lost transaction for somebody else', async () => {
    proxy.when({ operation: 'TransactWriteItems' }, 'lose-answer', 1);
    await dynamo.transact([claim('claimed')]);
    expect(await get('claimed')).toEqual({ id: 'claimed' });
  });

  it('gives up on an answer that is too late, and asks again under the same token', async () => {
    proxy.when({ operation: 'TransactWriteItems' }, { delayMs: 2_000 }, 1);
    await dynamo.transact([add('late')]);
    expect(await get('late')).toMatchObject({ taken: 1 });
  });

  it('says of a conditional put that an earlier try may have been its own', async () => {
    proxy.when({ operation: 'PutItem' }, 'lose-answer', 1);
    const put = dynamo.put(claim('single').Put);
    await expect(put).rejects.toMatchObject({ name: 'ConditionFailed', afterLostAnswer: true });
  });

  it('asks again for what a batch left unprocessed', async () => {
    proxy.when({ operation: 'BatchWriteItem' }, 'unprocessed', 2);
    proxy.when({ operation: 'BatchGetItem' }, 'unprocessed', 2);
    const ids = ['u1', 'u2', 'u3'];
    await dynamo.batchWrite(ids.map((id) => ({ table, put: { id } })));
    const items = await dynamo.batchGet<{ id: string }>(ids.map((id) => ({ table, key: { id } })));
    expect(items.map((item) => item?.id)).toEqual(ids);
  });
});

describe('a store that goes on failing', () => {
  it.each(['throttle', 'conflict', 'unavailable', 'hang-up', 'silence'] as const)(
    'makes a 503 of %s after a bounded number of tries',
    async (fault) => {
      const rule = proxy.when({}, fault);
      await expect(dynamo.transact([add('never')])).rejects.toMatchObject({
        constructor: StoreUnavailable,
        status: 503,
        code: 'service_unavailable',
      });
      expect(rule.hits).toBeLessThanOrEqual(4);
      await expect(get('never')).rejects.toThrow(StoreUnavailable);
      proxy.clear();
      expect(await get('never')).toBeUndefined();
    },
  );

  it('makes a 503 of batches that stay unprocessed', async () => {
    proxy.when({ operation: 'BatchGetItem' }, 'unprocessed');
    await expect(dynamo.batchGet([{ table, key: { id: 'u' } }])).rejects.toThrow(StoreUnavailable);
  });
});

describe('a write that the store does not take', () => {
  it('is refused at once, as a whole and for one of its actions', async () => {
    proxy.when({ operation: 'TransactWriteItems' }, 'refuse', 1);
    proxy.when({ operation: 'TransactWriteItems' }, { cancel: ['None', 'ValidationError'] }, 1);
    proxy.when({ operation: 'PutItem' }, 'refuse', 1);
    await expect(dynamo.transact([add('r')])).rejects.toMatchObject({ name: 'ChangeRefused', status: 409 });
    const cancelled = dynamo.transact([add('r'), add('s')]);
    await expect(cancelled).rejects.toMatchObject({ name: 'TransactionCancelled', status: 409 });
    await expect(dynamo.put(claim('r').Put)).rejects.toMatchObject({ name: 'ChangeRefused', status: 409 });
    expect(proxy.calls.get('TransactWriteItems')).toBe(2);
  });

  it('is the same for an item that is really too large', async () => {
    const large = { Put: { TableName: table, Item: { id: 'large', text: 'x'.repeat(420_000) } } };
    await expect(dynamo.transact([add('beside'), large])).rejects.toMatchObject({
      status: 409,
      code: 'change_refused',
    });
    await expect(dynamo.put(large.Put)).rejects.toMatchObject({ status: 409, code: 'change_refused' });
    expect(await get('beside')).toBeUndefined();
  });

  it('is the same for a transaction that is really too large', async () => {
    const many = Array.from({ length: 14 }, (_, at) => ({
      Put: { TableName: table, Item: { id: `many ${at}`, text: 'x'.repeat(380_000) } },
    }));
    await expect(dynamo.transact(many)).rejects.toMatchObject({ status: 409, code: 'change_refused' });
  });
});

describe('throttled actions', () => {
  const reasons = { cancel: ['None', 'ProvisionedThroughputExceeded'] };

  it('are given at once to a caller that goes on without their owners', async () => {
    const rule = proxy.when({ operation: 'TransactWriteItems' }, reasons);
    const failed = dynamo.transact([add('x'), add('y')], { throttling: 'throw' });
    await expect(failed).rejects.toMatchObject({ name: 'TransactionCancelled', status: 503 });
    expect(rule.hits).toBe(1);
  });

  it('are tried again for every other one', async () => {
    proxy.when({ operation: 'TransactWriteItems' }, reasons, 2);
    await dynamo.transact([add('slow x'), add('slow y')], { conflicts: 'throw' });
    expect(await get('slow y')).toMatchObject({ taken: 1 });
  });
});

describe('a conflict', () => {
  it('is given at once to a caller that wants to decide again', async () => {
    const rule = proxy.when({ operation: 'TransactWriteItems' }, 'conflict');
    const failed = dynamo.transact([add('x'), add('y')], { conflicts: 'throw' });
    await expect(failed).rejects.toThrow(TransactionCancelled);
    await expect(failed).rejects.toMatchObject({
      reasons: [{ code: 'TransactionConflict' }, { code: 'None' }],
    });
    expect(rule.hits).toBe(1);
  });

  it('of a read with a write under way has it read again, and is a 503 where it goes on', async () => {
    await dynamo.put({ TableName: table, Item: { id: 'held' } });
    const rule = proxy.when({ operation: 'TransactGetItems' }, 'conflict', 2);
    expect(await dynamo.transactGet([{ table, key: { id: 'held' } }])).toEqual([{ id: 'held' }]);
    expect(rule.hits).toBe(2);
    proxy.when({ operation: 'TransactGetItems' }, 'conflict');
    await expect(dynamo.transactGet([{ table, key: { id: 'held' } }])).rejects.toThrow(StoreUnavailable);
  });

  it('beside a failed condition is not tried again', async () => {
    const reasons = { cancel: ['TransactionConflict', 'ConditionalCheckFailed'] };
    const rule = proxy.when({ operation: 'TransactWriteItems' }, reasons);
    await expect(dynamo.transact([add('x'), add('y')])).rejects.toThrow(TransactionCancelled);
    expect(rule.hits).toBe(1);
  });
});
