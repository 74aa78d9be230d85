import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeUsers } from '@registrar/stack';
import type { PlannedUser } from '../dataset/dataset.ts';
import { workspaceRoot } from '../script-path.ts';
import type { StoreAddress } from './bench-store.ts';
import { openStore } from './bench-store.ts';

/** Writes users straight into the gateway's tables. */
export async function loadUsers(
  users: readonly PlannedUser[],
  store: StoreAddress,
  now: Date,
): Promise<void> {
  const tables: unknown = JSON.parse(
    readFileSync(join(workspaceRoot, 'apps', 'gateway', 'tables.json'), 'utf8'),
  );
  const dynamo = openStore('gateway', tables, store);
  try {
    await storeUsers(users, dynamo, now);
  } finally {
    dynamo.close();
  }
}
