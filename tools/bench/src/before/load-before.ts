import type { PlannedUser } from '../dataset/dataset.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { createStore } from '../seed/bench-store.ts';

/** The tables of the system before: one for each entity, no index. */
export const beforeTables = {
  tables: ['courses', 'enrollments', 'users'].map((name) => ({
    name,
    partitionKey: { name: 'id', type: 'S' },
  })),
};

/** What is loaded into the tables. */
export interface BeforeData {
  readonly courses: readonly object[];
  readonly enrollments: readonly object[];
  readonly users: readonly PlannedUser[];
}

/** Puts the data that the system has into the tables of the system before: the same rows, whole. */
export async function loadBefore(
  { courses, enrollments, users }: BeforeData,
  store: StoreAddress,
): Promise<void> {
  const dynamo = await createStore('before', beforeTables, store);
  const createdAt = new Date().toISOString();
  const accounts = users.map((user) => ({ ...user, roles: ['student'], createdAt }));
  const rows = Object.entries({ courses, enrollments, users: accounts }).flatMap(([table, items]) =>
    items.map((item) => ({ table: dynamo.tables.name(table), put: { ...item } })),
  );
  await dynamo.batchWrite(rows);
  dynamo.close();
}
