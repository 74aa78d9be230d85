import type { LedgerEntry } from './ledger-entry.ts';

/** An entry that waits for its commit. */
export interface WaitingEntry {
  entry: LedgerEntry;
}

/** One commit takes at most so many rows and inboxes together: DynamoDB's limit is 100 actions. */
export const maxActions = 90;

/**
 * Takes from `waiting`, in order, what may be committed together now, and removes it there. People in `busy`
 * have a commit under way: what is for them stays, so that two commits do not fight over one inbox.
 */
export function takeGroup<W extends WaitingEntry>(waiting: W[], busy: ReadonlySet<string>): W[] {
  const group: W[] = [];
  const people = new Set<string>();
  let at = 0;
  while (at < waiting.length) {
    const next = waiting[at];
    if (!next) break;
    const { recipientId, inbox } = next.entry;
    const added = 1 + (inbox && !people.has(recipientId) ? 1 : 0);
    if (group.length + people.size + added > maxActions) break;
    if (busy.has(recipientId)) {
      at += 1;
      continue;
    }
    if (inbox) people.add(recipientId);
    group.push(next);
    waiting.splice(at, 1);
  }
  return group;
}
