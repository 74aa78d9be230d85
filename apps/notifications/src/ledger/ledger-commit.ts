import type { Trace } from '@registrar/service';
import type { InboxState } from './inbox-state.rules.ts';
import type { NotificationRow } from './notification-row.ts';

/** What a commit brought. */
export interface LedgerCommit {
  /** New rows, in the order of their moments within an inbox. */
  rows: NotificationRow[];
  /** Inboxes as they are now, those whose rows were there already included. */
  inboxes: InboxState[];
  /** To which trace a row belongs, by its id: that of the event behind it. */
  traces: ReadonlyMap<string, Trace>;
}

/**
 * Is notified of every commit of this instance, before the events behind it count as handled. Must not throw for
 * what others make good later.
 */
export interface LedgerListener {
  committed(commit: LedgerCommit): Promise<void>;
}

/** Injects all listeners. */
export const LEDGER_LISTENERS = Symbol('ledger listeners');
