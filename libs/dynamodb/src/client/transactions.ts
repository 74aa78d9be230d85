import { Logger } from '@nestjs/common';
import { TransactionCanceledException, type CancellationReason as SdkReason } from '@aws-sdk/client-dynamodb';
import {
  TransactGetCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import type { BatchKey } from './batch-calls.ts';
import { TransactionCancelled, type CancellationReason } from './dynamo.errors.ts';
import type { Fault } from './faults.rules.ts';
import { refusedWrite } from './refused-write.ts';
import { retryStoreCall, type Failure, type RetryLimits } from './retry-store-call.ts';

/** One put, update, delete or condition check of a transaction. */
export type TransactAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** DynamoDB's limit on the actions of one transaction, and on the items of one that reads. */
export const maxTransactActions = 100;

/** How a transaction is sent. */
export interface TransactOptions {
  /**
   * 1..36 characters. The same actions under the same token are done once, for ten minutes; also over the
   * instances that send them. Made when left out, which covers the retries of this one call.
   */
  clientRequestToken?: string;
  /**
   * What happens when another transaction holds an item: `retry` (the default) tries the same actions again,
   * `throw` gives TransactionCancelled at once, for a caller that decides again.
   */
  conflicts?: 'retry' | 'throw';
  /** The same for actions that were throttled: `throw` is for a caller that continues without their owners. */
  throttling?: 'retry' | 'throw';
}

/** Sends transactions; see `Dynamo.transact` and `Dynamo.transactGet`. */
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly limits: RetryLimits,
  ) {}

  async write(actions: TransactAction[], options: TransactOptions): Promise<void> {
    if (actions.length === 0) return;
    if (actions.length > maxTransactActions) {
      throw new RangeError(`a transaction takes ${maxTransactActions} actions, not ${actions.length}`);
    }
    const input = {
      TransactItems: actions,
      ClientRequestToken: options.clientRequestToken ?? randomUUID(),
    };
    await retryStoreCall(
      () => this.documents.send(new TransactWriteCommand(input)),
      this.limits,
      (failure) => this.final(failure, options),
    );
  }

  async read<T>(keys: readonly BatchKey[]): Promise<(T | undefined)[]> {
    if (keys.length === 0) return [];
    const TransactItems = keys.map(({ table, key }) => ({ Get: { TableName: table, Key: key } }));
    const { Responses = [] } = await retryStoreCall(
      () => this.documents.send(new TransactGetCommand({ TransactItems })),
      this.limits,
      (failure) =>
        failure.error instanceof TransactionCanceledException ? this.final(failure, {}) : undefined,
    );
    return keys.map((_, at) => Responses[at]?.Item as T | undefined);
  }

  private final(failure: Failure, options: TransactOptions): Error | undefined {
    const { fault, error } = failure;
    if (!(error instanceof TransactionCanceledException)) return refusedWrite(failure);
    if (!isFinal(fault, options)) return undefined;
    const cancelled = new TransactionCancelled((error.CancellationReasons ?? []).map(reasonOf));
    // It is answered with 409, which is logged nowhere else.
    if (cancelled.isRefused) this.logger.error({ reasons: textOf(cancelled) }, 'the store refuses an action');
    return cancelled;
  }
}

/** Codes and words of the reasons, without the items. */
function textOf({ reasons }: TransactionCancelled): string[] {
  return reasons.map(({ code, message }) => (message === undefined ? code : `${code}: ${message}`));
}

/** Whether a cancellation is the caller's to decide on. */
function isFinal(fault: Fault, { conflicts, throttling }: TransactOptions): boolean {
  if (fault === 'conflict') return conflicts === 'throw';
  if (fault === 'throttled') return throttling === 'throw';
  return true;
}

function reasonOf({ Code = 'None', Message, Item }: SdkReason): CancellationReason {
  const reason = { code: Code, ...(Message !== undefined && { message: Message }) };
  // The document client translates answers, not errors.
  return Item ? { ...reason, item: unmarshall(Item) } : reason;
}
