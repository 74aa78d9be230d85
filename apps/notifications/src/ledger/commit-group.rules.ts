import type { LedgerEntry } from './ledger-entry.ts';

/** An entry that waits for its commit. */
export interface WaitingEntry {
  entry: LedgerEntry;
}

/** One commit takes at most so many rows and inboxes together: DynamoDB's limit is 100 actions. */
export const maxActions = 90;

/** Takes from `waiting`, in order, what may be committed together, and removes it there. */
export function takeGroup<W extends WaitingEntry>(waiting: W[]): W[] {
  const people = new Set<string>();
  let count = 0;
  for (const { entry } of waiting) {
    if (entry.inbox) people.add(entry.recipientId);
    if (count + 1 + people.size > maxActions) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
