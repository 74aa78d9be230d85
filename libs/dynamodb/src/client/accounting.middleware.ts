import type {
  ConsumedCapacity,
  DescribeTableOutput,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import type { HandlerExecutionContext, InitializeHandler } from '@smithy/types';
import {
  capacityUnits,
  provisionedReadUnits,
  requestSeconds,
  requests,
  throttledRequests,
} from './dynamo.metrics.ts';
import { faultOf } from './faults.rules.ts';

type Handler = InitializeHandler<ServiceInputTypes, ServiceOutputTypes>;

// Operations on tables and settings take no ReturnConsumedCapacity.
const reads = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'TransactGetItemsCommand']);
const writes = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

/**
 * Asks every call for the capacity it consumed, by table and by index, and counts it with the call's outcome
 * and time. What a table has at most it learns from its description.
 *
 * @param tablePrefix left out of the `table` label, so that dashboards read the same everywhere
 */
export function accountingMiddleware(tablePrefix: string) {
  const label = (table: string) => (table.startsWith(tablePrefix) ? table.slice(tablePrefix.length) : table);
  return (next: Handler, context: HandlerExecutionContext): Handler =>
    async (args) => {
      const command = context.commandName ?? '';
      if (command === 'DescribeTableCommand') {
        const described = await next(args);
        showProvisioned(described.output as DescribeTableOutput, label);
        return described;
      }
      if (!reads.has(command) && !writes.has(command)) return next(args);
      const labels = { ...target(args.input, label), operation: command.replace('Command', '') };
      const stop = requestSeconds.startTimer({ table: labels.table, operation: labels.operation });
      try {
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
        requests.inc({ ...labels, outcome: 'ok' });
        countCapacity(consumed(result.output), writes.has(command) ? 'write' : 'read', label);
        return result;
      } catch (error) {
        const fault = faultOf(error);
        requests.inc({ ...labels, outcome: fault });
        if (fault === 'throttled') throttledRequests.inc({ table: labels.table });
        throw error;
      } finally {
        stop();
      }
    };
}

function target(input: object, label: (table: string) => string): { table: string; index: string } {
  if ('TableName' in input) {
    const index = 'IndexName' in input ? String(input.IndexName ?? '') : '';
    return { table: label(String(input.TableName)), index };
  }
  return { table: '(several)', index: '' };
}

function showProvisioned({ Table }: DescribeTableOutput, label: (table: string) => string): void {
  if (!Table) return;
  const table = label(Table.TableName ?? 'unknown');
  const units = Table.ProvisionedThroughput?.ReadCapacityUnits ?? 0;
  provisionedReadUnits.set({ table, index: '' }, units);
  for (const { IndexName: index = 'unknown', ProvisionedThroughput } of Table.GlobalSecondaryIndexes ?? []) {
    provisionedReadUnits.set({ table, index }, ProvisionedThroughput?.ReadCapacityUnits ?? 0);
  }
  // A counter that begins with its first refusal hides that one from every rate.
  throttledRequests.inc({ table }, 0);
}

function consumed(output: object): ConsumedCapacity[] {
  if (!('ConsumedCapacity' in output) || !output.ConsumedCapacity) return [];
  const capacity = output.ConsumedCapacity as ConsumedCapacity | ConsumedCapacity[];
  return Array.isArray(capacity) ? capacity : [capacity];
}

function countCapacity(
  consumedByTable: ConsumedCapacity[],
  kind: 'read' | 'write',
  label: (table: string) => string,
): void {
  for (const each of consumedByTable) {
    const table = label(each.TableName ?? 'unknown');
    const indexes = { ...each.LocalSecondaryIndexes, ...each.GlobalSecondaryIndexes };
    const own =
      each.Table?.CapacityUnits ?? (Object.keys(indexes).length === 0 ? each.CapacityUnits : 0) ?? 0;
    if (own > 0) capacityUnits.inc({ table, index: '', kind }, own);
    for (const [index, { CapacityUnits = 0 }] of Object.entries(indexes)) {
      if (CapacityUnits > 0) capacityUnits.inc({ table, index, kind }, CapacityUnits);
    }
  }
}
