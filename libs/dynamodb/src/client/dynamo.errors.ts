import { Problem } from '@registrar/service';
import { reasonKind, type ReasonKind } from './faults.rules.ts';

/** An item as the document client gives it. */
export type Item = Record<string, unknown>;

/** A read of a whole table was attempted; a mistake of the program. */
export class ForbiddenOperation extends Error {
  override readonly name = 'ForbiddenOperation';

  constructor(command: string) {
    super(`${command} is refused: no table is ever scanned, query an index`);
  }
}

const retryAfter = { 'retry-after': '1' };
const changedMeanwhile = 'This was changed by others at the same moment. Try again.';

/**
 * The condition of a single put, update or delete did not hold; nothing was written by this try. Where nobody
 * decides on it, 503 `service_unavailable`: asked again, it is decided on what is there now.
 */
export class ConditionFailed extends Problem {
  override readonly name = 'ConditionFailed';

  constructor(
    /** The item as it is, where the call asked for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
    readonly item: Item | undefined,
    /** True when an earlier try got no answer: that one may have written what made this one fail. */
    readonly afterLostAnswer: boolean,
  ) {
    const cause = new Error('The condition of a write did not hold');
    super(503, 'service_unavailable', changedMeanwhile, { headers: retryAfter, cause });
    this.message = cause.message;
  }
}

/** Why one action of a transaction did not go through; `None` for one that would have. */
export interface CancellationReason {
  code: string;
  /** What the store says of it, where it says anything. */
  message?: string;
  /** The item as it is, where the action asked for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
  item?: Item;
}

/**
 * A transaction was cancelled as a whole; nothing of it was written. Where nobody decides on it, 503
 * `service_unavailable` for what passes, 409 `change_refused` for what the store does not take.
 */
export class TransactionCancelled extends Problem {
  override readonly name = 'TransactionCancelled';

  /** @param reasons one an action, in the order of the actions */
  constructor(readonly reasons: CancellationReason[]) {
    const kinds = reasons.map(({ code }) => reasonKind(code));
    const cause = new Error(`Transaction cancelled: ${reasons.map((reason) => reason.code).join(', ')}`);
    const problem = kinds.includes('refused') ? refusedChange : undefined;
    super(
      problem?.status ?? 503,
      problem?.code ?? 'service_unavailable',
      problem?.detail ?? changedMeanwhile,
      { ...(!problem && { headers: retryAfter }), cause },
    );
    this.message = cause.message;
  }

  /** Why the action at `index` did not go through. */
  kindOf(index: number): ReasonKind {
    return reasonKind(this.reasons[index]?.code ?? 'None');
  }

  /** Whether the condition of the action at `index` did not hold. */
  failedCondition(index: number): boolean {
    return this.kindOf(index) === 'condition';
  }

  /** Whether nothing but conflicts and throttling stood in the way: the same actions may go through the next time. */
  get isPassing(): boolean {
    return !['condition', 'refused'].some((kind) =>
      this.reasons.some((_, index) => this.kindOf(index) === kind),
    );
  }

  /** Whether the store does not take one of the actions, however often it is sent. */
  get isRefused(): boolean {
    return this.reasons.some((_, index) => this.kindOf(index) === 'refused');
  }
}

const refusedChange = {
  status: 409,
  code: 'change_refused',
  detail: 'The record that this would change has no room for it. Trying again does not help.',
} as const;

/**
 * The store does not take a write as it is, and says so of the whole call: an item or a transaction that is too
 * large, a value of the wrong type. Nothing was written, and another try changes nothing: 409 `change_refused`.
 */
export class ChangeRefused extends Problem {
  override readonly name = 'ChangeRefused';

  constructor(cause: unknown) {
    super(refusedChange.status, refusedChange.code, refusedChange.detail, { cause });
  }
}

/** Whether the store does not take a write as it is, as a whole or one of its actions, so that another try is no use. */
export function isChangeRefused(error: unknown): boolean {
  return error instanceof ChangeRefused || (error instanceof TransactionCancelled && error.isRefused);
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
      headers: retryAfter,
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
