import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables, defineTables } from '@registrar/dynamodb';
import pMap from 'p-map';
import type { PlannedUser } from '../dataset/dataset.ts';
import type { Loaded } from '../seed/load-system.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { openStore } from '../seed/bench-store.ts';
import { beforeTables as tables } from './tables.ts';

const atATime = 25;

/** `{courseCode}` as `{course_code}`, the way both systems keep their items. */
function snakeCased(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(object).map(([name, value]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return Object.fromEntries(named) as Record<string, unknown>;
}

/** Puts the data that the system has into the tables of the old way: the same rows, one table for each entity. */
export async function loadBefore(
  { courses, enrollments }: Readonly<Record<keyof Loaded, readonly Readonly<Record<string, unknown>>[]>>,
  users: readonly PlannedUser[],
  store: StoreAddress,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: store.DYNAMODB_ENDPOINT,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTables(client, defineTables('before', store.TABLE_PREFIX, tables).definitions);
  client.destroy();
  const dynamo = openStore('before', tables, store);
  const createdAt = new Date().toISOString();
  const rows = [
    ...courses.map((course) => ({ table: 'courses', put: snakeCased(course) })),
    ...enrollments.map((enrollment) => ({ table: 'enrollments', put: snakeCased(enrollment) })),
    ...users.map((user) => ({ table: 'users', put: { ...user, roles: ['student'], created_at: createdAt } })),
  ].map(({ table, put }) => ({ table: dynamo.tables.name(table), put }));
  const groups = Array.from({ length: Math.ceil(rows.length / atATime) }, (_, at) =>
    rows.slice(at * atATime, (at + 1) * atATime),
  );
  await pMap(groups, (group) => dynamo.batchWrite(group), { concurrency: 8 });
  dynamo.close();
}
