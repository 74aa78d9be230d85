export * from './canonical/canonical-json.ts';
export { createDynamoClient } from './client/create-client.ts';
export type { BatchKey, BatchWriteRequest } from './client/batch-calls.ts';
export * from './client/dynamo.errors.ts';
export type { ReasonKind } from './client/faults.rules.ts';
export { isLostRace, retryOnConflict } from './client/retry-on-conflict.ts';
export { createDynamo, DynamoModule, type DynamoModuleOptions } from './client/dynamo.module.ts';
export { Dynamo, type QueryPage } from './client/dynamo.service.ts';
export { storeBackoff } from './client/retry-store-call.ts';
export { StoreProbe } from './client/store-probe.ts';
export { maxTransactActions, type TransactAction, type TransactOptions } from './client/transactions.ts';
export { CursorCodec, maxCursorLength } from './cursor/cursor-codec.ts';
export { rowCodec, type ItemOf, type RowCodec } from './rows/row-codec.ts';
export { shardOf, shards } from './shards/shards.ts';
export { createTables, type CreateTablesOptions } from './tables/create-tables.ts';
export { dropTables } from './tables/drop-tables.ts';
export { defineTables, type PhysicalTable, type Tables } from './tables/define-tables.ts';
export { missingTables } from './tables/missing-tables.ts';
export {
  tablesFile,
  type IndexDefinition,
  type KeyAttribute,
  type TableDefinition,
} from './tables/table-definition.ts';
