import type { Dynamo, ReasonKind } from '@registrar/dynamodb';
import { ChangeRefused, TransactionCancelled } from '@registrar/dynamodb';
import type { Owner, OwnedAction } from './commit-actions.ts';

/**
 * How a commit ended: it stands; or these owners' actions did not go through; or the store does not take it as a
 * whole, and does not say for whose sake.
 */
type CommitResult = { kind: 'done' } | LostCommit;

/** A commit of which nothing was written. */
export type LostCommit = { kind: 'lost'; failures: Failure[] } | { kind: 'refused' };

/** Longest pause before a commit that met another one is tried again, ms; it is drawn from zero to this. */
export const contentionMs = 12;

/** Why the commit was lost, as far as one owner is concerned. */
export interface Failure {
  owner: Owner;
  /**
   * `condition`: the item is not as it was read. `conflict`, `throttled`: it is held, or takes no more, at this
   * moment. `refused`: the store does not take this change, however often it is sent.
   */
  reason: Exclude<ReasonKind, 'none'>;
  /** The item as it is, where the action returns it. */
  item: Record<string, unknown> | undefined;
}

/**
 * Sends a commit.
 *
 * @throws StoreUnavailable when the store does not take it; it may stand all the same
 */
export async function sendCommit(dynamo: Dynamo, actions: readonly OwnedAction[]): Promise<CommitResult> {
  try {
    await dynamo.transact(
      actions.map(({ action }) => action),
      { conflicts: 'throw', throttling: 'throw' },
    );
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof ChangeRefused) return { kind: 'refused' };
    if (!(error instanceof TransactionCancelled)) throw error;
    return { kind: 'lost', failures: failuresOf(error, actions) };
  }
}

function failuresOf(error: TransactionCancelled, actions: readonly OwnedAction[]): Failure[] {
  return actions.flatMap(({ owner }, index): Failure[] => {
    const reason = error.kindOf(index);
    return reason === 'none' ? [] : [{ owner, reason, item: error.reasons[index]?.item }];
  });
}
