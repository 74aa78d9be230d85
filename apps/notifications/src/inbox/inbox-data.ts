import { Injectable } from '@nestjs/common';
import { retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { readAtOf } from '../ledger/inbox-state.rules.ts';
import { notificationOf } from '../ledger/notification-row.ts';
import { InboxChanges } from './inbox-changes.ts';
import { InboxRepository } from './inbox.repository.ts';

/** Notifications of a person at most, in an export; and so many are deleted at a time. */
const maxRows = 10_000;

/**
 * A person's notifications, with their mails and what they say.
 *
 * An erased inbox stays closed: events that come later make no rows. A mail whose row is gone is not sent.
 */
@Injectable()
export class InboxData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly inbox: InboxRepository,
    private readonly changes: InboxChanges,
    private readonly idempotent: IdempotentRequests,
  ) {
    super(registry, 'inbox');
  }

  override async erase(userId: string): Promise<void> {
    const { recent, version } = await retryOnConflict(() => this.inbox.close(userId));
    const indexed = await this.places(userId);
    // The index may not show the newest ones yet.
    await this.inbox.delete([...new Set([...recent, ...indexed].map(({ id }) => id))]);
    await this.changes.changed({ user_id: userId, version });
    await this.idempotent.eraseAbout(userId);
  }

  override async exported(userId: string) {
    const state = await this.inbox.state(userId);
    const rows = await this.inbox.rowsAt(await this.places(userId));
    return { notifications: rows.map((row) => notificationOf(row, readAtOf(row, state))) };
  }

  private places(userId: string) {
    const all = { before: undefined, after: undefined, unread: false, limit: maxRows };
    return this.inbox.places({ userId, direction: 'newest', ...all });
  }
}
