import { randomUUID } from 'node:crypto';
import type { Dynamo } from '@registrar/dynamodb';
import { drawnId } from '@registrar/testing/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareTransactions, createNaiveStore } from '../registration/naive-way.ts';
import { dropStore, tablesOf } from '../seed/bench-store.ts';
import { enrollNaively } from './enroll-naively.ts';
import { storeCourses } from './naive-store.ts';

const address = {
  DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? '',
  TABLE_PREFIX: `bench-${randomUUID().slice(0, 8)}_`,
};
let store: Dynamo;

beforeAll(async () => {
  store = await createNaiveStore(address);
});

afterAll(async () => {
  store.close();
  await dropStore('enrollments', tablesOf('enrollments'), address);
});

describe('the naive registration', () => {
  it('gives each seat once, however many ask at the same time', async () => {
    const courseId = drawnId(Math.random, 'crs');
    await storeCourses(store, [courseId], 5);
    const users = Array.from({ length: 20 }, () => drawnId(Math.random, 'usr'));
    const statuses = await Promise.all(
      users.map((userId) => enrollNaively(store, { userId, courseId, key: `k-${userId}` })),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    expect(statuses.filter((status) => status === 409)).toHaveLength(15);
  });

  it('measures its transaction by itself', async () => {
    const { count, p50Ms } = await (await bareTransactions(store, 10))();
    expect(count).toBe(10);
    expect(p50Ms).toBeGreaterThan(0);
  });
});
