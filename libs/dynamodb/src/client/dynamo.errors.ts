import { Problem } from '@registrar/service';

/** An item as the document client gives it. */
export type Item = Record<string, unknown>;

/** A read of a whole table was attempted; a mistake of the program. */
export class ForbiddenOperation extends Error {
  override readonly name = 'ForbiddenOperation';

  constructor(command: string) {
    super(`${command} is refused: no table is ever scanned, query an index`);
  }
}

/** The condition of a single put, update or delete did not hold; nothing was written by this try. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';

  constructor(
    /** The item as it is, where the call asked for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
    readonly item: Item | undefined,
    /** True when an earlier try got no answer: that one may have written what made this one fail. */
    readonly afterLostAnswer: boolean,
  ) {
    super('The condition of a write did not hold');
  }
}

/** Why one action of a transaction did not go through; `None` for one that would have. */
export interface CancellationReason {
  code: string;
  /** The item as it is, where the action asked for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
  item?: Item;
}

/** A transaction was cancelled as a whole; nothing of it was written. */
export class TransactionCancelled extends Error {
  override readonly name = 'TransactionCancelled';

  /** @param reasons one an action, in the order of the actions */
  constructor(readonly reasons: CancellationReason[]) {
    super(`Transaction cancelled: ${reasons.map((reason) => reason.code).join(', ')}`);
  }

  /** Whether the condition of the action at `index` did not hold. */
  failedCondition(index: number): boolean {
    return this.reasons[index]?.code === 'ConditionalCheckFailed';
  }
}

/**
 * The store could not be reached, or refused for too long: 503 `service_unavailable` for the caller.
 *
 * A read changed nothing. A write may have been done all the same when `cause` is a lost answer; the caller's
 * retry under the same idempotency key finds out.
 */
export class StoreUnavailable extends Problem {
  constructor(cause: unknown) {
    super(503, 'service_unavailable', 'The store cannot be reached at the moment. Try again shortly.', {
      headers: { 'retry-after': '1' },
      cause,
    });
  }
}

/** A walk over a query found more items than the caller allowed. */
export class QueryBoundExceeded extends Error {
  override readonly name = 'QueryBoundExceeded';

  constructor(maxItems: number) {
    super(`The query has more than ${maxItems} items`);
  }
}
