import { TransactionCanceledException, type CancellationReason as SdkReason } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { TransactionCancelled, type CancellationReason } from './dynamo.errors.ts';
import { retrying, type Failure, type Patience } from './retrying.ts';

/** One put, update, delete or condition check of a transaction. */
export type TransactAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** DynamoDB's limit on the actions of one transaction. */
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
   * `throw` gives TransactionCancelled at once, for a caller that decides anew.
   */
  conflicts?: 'retry' | 'throw';
}

/** Sends transactions; see `Dynamo.transact`. */
export class Transactions {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly patience: Patience,
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
    await retrying(
      () => this.documents.send(new TransactWriteCommand(input)),
      this.patience,
      (failure) => cancelled(failure, options.conflicts ?? 'retry'),
    );
  }
}

function cancelled(
  { fault, error }: Failure,
  conflicts: 'retry' | 'throw',
): TransactionCancelled | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const final = fault === 'cancelled' || (fault === 'conflict' && conflicts === 'throw');
  return final ? new TransactionCancelled((error.CancellationReasons ?? []).map(reasonOf)) : undefined;
}

function reasonOf({ Code = 'None', Item }: SdkReason): CancellationReason {
  // The document client translates answers, not errors.
  return Item ? { code: Code, item: unmarshall(Item) } : { code: Code };
}
