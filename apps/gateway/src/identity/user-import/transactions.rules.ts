import type { UserChange } from '../users/user-writer.ts';

/** Actions of a transaction at most; DynamoDB takes 100. */
const maxActions = 96;
/** A new account is claimed by email and external id, put and told; a changed one gives up both claims besides. */
const actionsOfNew = 4;
const actionsOfChanged = 6;

/** Whether a change is written by itself: it revokes tokens, or may change who is an active admin. */
export function isAlone({ before, after }: UserChange): boolean {
  const isOfAdmin = [before, after].some((account) => account?.roles.includes('admin'));
  return isOfAdmin || (before !== undefined && before.tokenVersion !== after.tokenVersion);
}

/** Changes that are written together, as many as go into a transaction. */
export function transactionsOf<Item>(items: readonly Item[], changeOf: (item: Item) => UserChange): Item[][] {
  const transactions: Item[][] = [];
  let actions = maxActions;
  for (const item of items) {
    const own = changeOf(item).before ? actionsOfChanged : actionsOfNew;
    if (actions + own > maxActions) {
      transactions.push([]);
      actions = 0;
    }
    transactions.at(-1)?.push(item);
    actions += own;
  }
  return transactions;
}
