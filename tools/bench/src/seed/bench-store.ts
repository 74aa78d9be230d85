import { createDynamo } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';

/** Where rows are. */
export interface StoreAddress {
  readonly DYNAMODB_ENDPOINT: string;
  readonly TABLE_PREFIX: string;
}

/** Loading may take as long as it takes. */
const limits = {
  maxAttempts: 10,
  deadlineMs: 120_000,
  requestTimeoutMs: 60_000,
  connectionTimeoutMs: 60_000,
};

/**
 * A service's tables for the bench: it waits where a service would give up, as a request that gives up would flatter
 * the figures, and a load that gives up would end the run. The caller closes it.
 */
export function openStore(service: string, tables: unknown, address: StoreAddress): Dynamo {
  return createDynamo({ service, tables, limits, config: { ...address, AWS_REGION: 'us-east-1' } });
}
