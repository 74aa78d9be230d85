import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareTransactions, openNaiveStore } from '../registration/naive-way.ts';
import { enrollNaively } from './enroll-naively.ts';
import { courseRows } from './naive-store.ts';

const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? '';
let store: Dynamo;

beforeAll(async () => {
  const tablePrefix = `bench-${randomUUID().slice(0, 8)}_`;
  store = await openNaiveStore({ DYNAMODB_ENDPOINT: endpoint, TABLE_PREFIX: tablePrefix });
  const rows = courseRows({ courseId: 'crs_a', capacity: 5 });
  await store.batchWrite(rows.map(({ table, put }) => ({ table: store.tables.name(table), put })));
});

afterAll(async () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  for (const { name } of store.tables.definitions)
    await client.send(new DeleteTableCommand({ TableName: name }));
  client.destroy();
  store.close();
});

describe('the naive registration', () => {
  it('gives each seat once, however many ask at the same time', async () => {
    const users = Array.from({ length: 20 }, (_, index) => `usr_${index}`);
    const statuses = await Promise.all(users.map((user) => enrollNaively(store, user, 'crs_a', `k-${user}`)));
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    expect(statuses.filter((status) => status === 409)).toHaveLength(15);
  });

  it('measures its transaction by itself', async () => {
    const { count, p50Ms } = await (await bareTransactions(store, 10))();
    expect(count).toBe(10);
    expect(p50Ms).toBeGreaterThan(0);
  });
});
