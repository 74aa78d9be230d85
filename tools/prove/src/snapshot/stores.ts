import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDynamo } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { perApp } from '@registrar/stack';
import type { AppName, System } from '@registrar/stack';
import { workspaceRoot } from '../workspace.ts';

/** The tables of the services, read as each service itself would. */
export interface Stores extends Readonly<Record<AppName, Dynamo>> {
  close(): void;
}

/** Opens the tables of a running system, past every proxy. */
export function openStores({ addresses, prefixes }: Pick<System, 'addresses' | 'prefixes'>): Stores {
  const config = {
    DYNAMODB_ENDPOINT: addresses.DYNAMODB_ENDPOINT,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: prefixes.TABLE_PREFIX,
  };
  // What reads or seeds thousands of items may wait longer than a request of a student.
  const limits = { maxAttempts: 20, deadlineMs: 60_000, requestTimeoutMs: 20_000 };
  const open = (service: AppName): Dynamo => {
    const tables: unknown = JSON.parse(
      readFileSync(join(workspaceRoot, 'apps', service, 'tables.json'), 'utf8'),
    );
    return createDynamo({ service, tables, config, limits });
  };
  const stores = perApp(open);
  return { ...stores, close: () => Object.values(stores).forEach((store) => store.close()) };
}
