import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createDynamo,
  createDynamoClient,
  createTables,
  defineTables,
  dropTables,
} from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { workspaceRoot } from '../script-path.ts';

/** Where rows are. */
export interface StoreAddress {
  readonly DYNAMODB_ENDPOINT: string;
  readonly TABLE_PREFIX: string;
}

const region = 'us-east-1';
const limits = {
  maxAttempts: 10,
  deadlineMs: 120_000,
  requestTimeoutMs: 60_000,
  connectionTimeoutMs: 60_000,
};

/** The table definitions of a service. */
export function tablesOf(service: string): unknown {
  return JSON.parse(readFileSync(join(workspaceRoot, 'apps', service, 'tables.json'), 'utf8'));
}

/**
 * A service's tables for the bench, with longer time limits than a service has: a request that gives up would flatter
 * the figures, and a load that gives up would end the run. The caller closes it.
 */
export function openStore(service: string, tables: unknown, address: StoreAddress): Dynamo {
  return createDynamo({ service, tables, limits, config: { ...address, AWS_REGION: region } });
}

async function changeTables(
  change: typeof createTables | typeof dropTables,
  service: string,
  tables: unknown,
  { DYNAMODB_ENDPOINT: endpoint, TABLE_PREFIX: tablePrefix }: StoreAddress,
): Promise<void> {
  const client = createDynamoClient({ endpoint, region, tablePrefix });
  await change(client, defineTables(service, tablePrefix, tables).definitions);
  client.destroy();
}

/** As `openStore`, and creates the tables first. */
export async function createStore(service: string, tables: unknown, address: StoreAddress): Promise<Dynamo> {
  await changeTables(createTables, service, tables, address);
  return openStore(service, tables, address);
}

/** Removes what `createStore` created. */
export async function dropStore(service: string, tables: unknown, address: StoreAddress): Promise<void> {
  await changeTables(dropTables, service, tables, address);
}
