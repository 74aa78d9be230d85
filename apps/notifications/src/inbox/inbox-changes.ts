import { Injectable } from '@nestjs/common';
import type { VersionedCache } from '@registrar/cache';
import { Dynamo } from '@registrar/dynamodb';
import type { InboxState } from '../ledger/inbox-state.rules.ts';
import type { LedgerCommit, LedgerListener } from '../ledger/ledger-commit.ts';
import { InboxCache, inboxKeys } from './inbox-cache.ts';

/**
 * What must happen when somebody's inbox has changed: its cached page is never served again.
 *
 * Failure: a Redis that cannot be told makes this instance trust nothing in it until it has raised the epoch;
 * a store that is away rejects.
 */
@Injectable()
export class InboxChanges implements LedgerListener {
  private readonly table: string;
  private readonly cache: VersionedCache;

  constructor(
    private readonly dynamo: Dynamo,
    cache: InboxCache,
  ) {
    this.table = dynamo.tables.name('inboxes');
    this.cache = cache.pages;
  }

  async committed({ inboxes }: LedgerCommit): Promise<void> {
    await Promise.all(inboxes.map((state) => this.changed(state)));
  }

  /** After a commit that brought the inbox to `state`. */
  async changed(state: Pick<InboxState, 'user_id' | 'version'>): Promise<void> {
    await this.cache.invalidate(inboxKeys.firstPage({ id: state.user_id }), { v: state.version });
  }

  /** After the mail of one of the rows changed its status. A lost answer raises the version twice, harmlessly. */
  async mailChanged(userId: string): Promise<void> {
    const after = await this.dynamo.update<{ mail_version: number }>({
      TableName: this.table,
      Key: { user_id: userId },
      UpdateExpression: 'ADD mail_version :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    });
    await this.cache.invalidate(inboxKeys.firstPage({ id: userId }), { m: after?.mail_version ?? 0 });
  }
}
