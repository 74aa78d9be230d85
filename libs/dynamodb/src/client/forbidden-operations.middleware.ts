import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { HandlerExecutionContext, InitializeHandler } from '@smithy/types';
import { ForbiddenOperation } from './dynamo.errors.ts';

const forbidden = new Set([
  'ScanCommand',
  'ExecuteStatementCommand',
  'BatchExecuteStatementCommand',
  'ExecuteTransactionCommand',
]);

/**
 * Stops what may read a whole table: Scan, and PartiQL, which scans when its condition names no key.
 *
 * Throws ForbiddenOperation before anything is sent. The lint rule of the workspace says the same earlier.
 */
export function refuseScans(
  next: InitializeHandler<ServiceInputTypes, ServiceOutputTypes>,
  context: HandlerExecutionContext,
): InitializeHandler<ServiceInputTypes, ServiceOutputTypes> {
  return (args) => {
    const command = context.commandName ?? '';
    return forbidden.has(command) ? Promise.reject(new ForbiddenOperation(command)) : next(args);
  };
}
