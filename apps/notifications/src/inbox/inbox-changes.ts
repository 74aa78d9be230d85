import { Injectable } from '@nestjs/common';
import type { VersionedCache } from '@registrar/cache';
import type { InboxState } from '../ledger/inbox-state.rules.ts';
import type { NotificationRow } from '../ledger/notification-row.ts';
import { isInboxRow } from '../ledger/notification-row.ts';
import type { LedgerCommit, LedgerListener } from '../ledger/ledger-commit.ts';
import { InboxCache, inboxKeys, mailVersions } from './inbox-cache.ts';

/**
 * What must happen when somebody's inbox has changed: its cached page is never served again.
 *
 * Failure: a Redis that cannot be reached makes this instance trust nothing in it until it has raised the epoch.
 */
@Injectable()
export class InboxChanges implements LedgerListener {
  private readonly cache: VersionedCache;

  constructor(cache: InboxCache) {
    this.cache = cache.pages;
  }

  async committed({ inboxes }: LedgerCommit): Promise<void> {
    await Promise.all(inboxes.map((state) => this.changed(state)));
  }

  /** After a commit that brought the inbox to `state`. */
  async changed(state: Pick<InboxState, 'user_id' | 'version'>): Promise<void> {
    await this.cache.invalidate(inboxKeys.firstPage({ id: state.user_id }), { v: state.version });
  }

  /** After a mail changed its status, with its row as it is since. */
  async mailChanged(row: NotificationRow): Promise<void> {
    if (!isInboxRow(row)) return;
    await this.cache.invalidate(inboxKeys.firstPage({ id: row.user_id }), mailVersions([row]));
  }
}
