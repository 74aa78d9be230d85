import { storeUsers } from '@registrar/stack';
import type { PlannedUser } from '../dataset/dataset.ts';
import type { StoreAddress } from './bench-store.ts';
import { openStore, tablesOf } from './bench-store.ts';

/** Writes users straight into the gateway's tables. */
export async function loadUsers(
  users: readonly PlannedUser[],
  store: StoreAddress,
  now: Date,
): Promise<void> {
  const dynamo = openStore('gateway', tablesOf('gateway'), store);
  try {
    await storeUsers(users, dynamo, now);
  } finally {
    dynamo.close();
  }
}
