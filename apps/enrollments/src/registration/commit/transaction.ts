import type { Dynamo } from '@registrar/dynamodb';
import { TransactionCancelled } from '@registrar/dynamodb';
import type { Owner, OwnedAction } from './commit-actions.ts';

/** How a commit ended: it stands, or these owners' conditions did not hold (all of `contended` where others were at the same items). */
export type CommitResult = { kind: 'done' } | { kind: 'lost'; failures: Failure[] };

/** Why the commit was refused, as far as one owner is concerned. */
export interface Failure {
  owner: Owner;
  /** `changed`: the item is not as it was read. `contended`: another transaction holds it at this moment. */
  reason: 'changed' | 'contended';
  /** The item as it is, where the action asks for it. */
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
      { conflicts: 'throw' },
    );
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof TransactionCancelled)) throw error;
    return { kind: 'lost', failures: failuresOf(error, actions) };
  }
}

function failuresOf(error: TransactionCancelled, actions: readonly OwnedAction[]): Failure[] {
  return actions.flatMap(({ owner }, index): Failure[] => {
    const reason = error.reasons[index];
    if (!reason || reason.code === 'None') return [];
    if (reason.code === 'ConditionalCheckFailed') return [{ owner, reason: 'changed', item: reason.item }];
    if (reason.code === 'TransactionConflict' || reason.code.startsWith('Throttling'))
      return [{ owner, reason: 'contended', item: undefined }];
    throw error;
  });
}
