import { Injectable } from '@nestjs/common';
import { CachedBody } from '@registrar/cache';
import type { FoundAnswer } from '@registrar/cache';
import type { InboxQuery, Notification } from '@registrar/contracts-notifications';
import { retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { readAtOf, withAllRead } from '../ledger/inbox-state.rules.ts';
import { notificationOf } from '../ledger/notification-row.ts';
import { InboxCache, inboxKeys, mailVersions } from './inbox-cache.ts';
import { InboxChanges } from './inbox-changes.ts';
import { InboxReader } from './inbox.reader.ts';
import { InboxRepository } from './inbox.repository.ts';

/** Page size of the page that is cached: the one that is asked for when nothing else is said. */
const cachedLimit = 25;

/** The transaction's further actions for a notification that was marked. */
type MoreActions = (marked: Notification) => TransactAction[];

/**
 * A person's inbox.
 *
 * Guarantee: what was marked as read shows so at once, on every instance; the unread count is changed in the
 * same commit as what it counts, so it is right under any concurrency.
 * Failure: Problem 404 for what is not in the inbox, 503 when the store refuses.
 */
@Injectable()
export class InboxService {
  constructor(
    private readonly repository: InboxRepository,
    private readonly reader: InboxReader,
    private readonly cache: InboxCache,
    private readonly changes: InboxChanges,
  ) {}

  /** A page as bytes; the first page of the usual size from the cache. */
  async page(userId: string, query: InboxQuery): Promise<Pick<FoundAnswer, 'body' | 'source'>> {
    const first = query.cursor === undefined && query.unread !== 'true' && query.limit === cachedLimit;
    if (!first) {
      const { page } = await this.reader.page(userId, query);
      return { body: CachedBody.of(JSON.stringify(page)), source: 'load' };
    }
    const answer = await this.cache.pages.get(inboxKeys.firstPage({ id: userId }), async () => {
      const { page, state, rows } = await this.reader.page(userId, query);
      return { body: JSON.stringify(page), versions: { ...mailVersions(rows), v: state.version } };
    });
    if (!answer.body) throw new Error('an inbox is never missing');
    return answer;
  }

  /** Marks a notification as read; one that is read stays as it is. */
  markRead(userId: string, id: string, more: MoreActions = () => []): Promise<Notification> {
    return retryOnConflict(async () => {
      const [row, state] = await Promise.all([
        this.repository.row(userId, id),
        this.repository.state(userId),
      ]);
      if (!row) throw new Problem(404, 'notification_not_found', 'There is no such notification.');
      const readAt = readAtOf(row, state);
      if (readAt !== null) return notificationOf(row, readAt);
      const now = new Date().toISOString();
      const marked = notificationOf(row, now);
      const after = { ...state, version: state.version + 1, unread: Math.max(0, state.unread - 1) };
      await this.repository.markRead(id, now, after, more(marked));
      await this.changes.changed(after);
      return marked;
    });
  }

  /** Marks everything that is in the inbox now as read. */
  markAllRead(userId: string): Promise<void> {
    return retryOnConflict(async () => {
      const state = await this.repository.state(userId);
      if (state.unread === 0) return;
      const after = { ...withAllRead(state, new Date().toISOString()), version: state.version + 1 };
      await this.repository.change(after);
      await this.changes.changed(after);
    });
  }
}
