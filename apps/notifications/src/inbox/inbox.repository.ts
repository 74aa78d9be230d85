import { Injectable } from '@nestjs/common';
import { Dynamo, atVersion } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { inboxAction } from '../ledger/commit-plan.rules.ts';
import type { ErasedMark, InboxState, RowPlace } from '../ledger/inbox-state.rules.ts';
import { emptyInbox } from '../ledger/inbox-state.rules.ts';
import type { InboxRow, NotificationRow } from '../ledger/notification-row.ts';
import { isInboxRow } from '../ledger/notification-row.ts';
import type { Stretch } from './inbox-list.rules.ts';

/** How the index is walked. */
interface PlacesQuery extends Stretch {
  userId: string;
  direction: 'newest' | 'oldest';
  /** Leaves out rows that the index shows as read. */
  unread: boolean;
  limit: number;
}

/** Inboxes as they are read and marked. What is in the index may lag; items are read consistently. */
@Injectable()
export class InboxRepository {
  private readonly rows: string;
  private readonly inboxes: string;

  constructor(private readonly dynamo: Dynamo) {
    this.rows = dynamo.tables.name('notifications');
    this.inboxes = dynamo.tables.name('inboxes');
  }

  async state(userId: string): Promise<InboxState> {
    return { ...emptyInbox(userId), ...(await this.dynamo.get<InboxState>('inboxes', { user_id: userId })) };
  }

  /** Places in an inbox by NotificationsByUser, at most `limit`. */
  async places({ userId, direction, before, after, unread, limit }: PlacesQuery): Promise<RowPlace[]> {
    const found: RowPlace[] = [];
    const all = this.dynamo.queryAll<{ id: string; created_at: string }>(
      {
        TableName: this.rows,
        IndexName: 'NotificationsByUser',
        KeyConditionExpression: 'user_id = :user AND created_at BETWEEN :from AND :to',
        ...(unread && { FilterExpression: 'attribute_not_exists(read_at)' }),
        ExpressionAttributeValues: {
          ':user': userId,
          // Bounds of BETWEEN are included; nothing sorts between a moment and itself with a mark after it.
          ':from': after === undefined ? '0' : `${after}~`,
          ':to': before === undefined ? '~' : justBefore(before),
        },
        ScanIndexForward: direction === 'oldest',
        Limit: Math.max(limit, 25),
      },
      Number.MAX_SAFE_INTEGER,
    );
    for await (const { id, created_at: at } of all) {
      found.push({ id, at });
      if (found.length >= limit) break;
    }
    return found;
  }

  /** The rows at `places`, in their order. */
  async rowsAt(places: readonly RowPlace[]): Promise<InboxRow[]> {
    const keys = places.map(({ id }) => ({ id }));
    return (await this.dynamo.getAll<NotificationRow>('notifications', keys)).filter(isInboxRow);
  }

  /** A row of this user's inbox, or undefined. */
  async row(userId: string, id: string): Promise<InboxRow | undefined> {
    const row = await this.dynamo.get<NotificationRow>('notifications', { id });
    return row && isInboxRow(row) && row.user_id === userId ? row : undefined;
  }

  /**
   * Marks one row as read, with the inbox as it is then, and what else belongs into the transaction.
   *
   * @throws TransactionCancelled when the inbox or the row was changed since
   */
  async markRead(id: string, at: string, after: InboxState, more: TransactAction[]): Promise<void> {
    const mark: TransactAction = {
      Update: {
        TableName: this.rows,
        Key: { id },
        UpdateExpression: 'SET read_at = :at',
        ConditionExpression: 'attribute_not_exists(read_at)',
        ExpressionAttributeValues: { ':at': at },
      },
    };
    await this.dynamo.transact([mark, inboxAction(after, this.inboxes), ...more], { conflicts: 'throw' });
  }

  /**
   * Empties the inbox of a user who is erased, for good, and deletes their preferences.
   *
   * @returns the newest rows that were in it, and its version now
   */
  async close(userId: string): Promise<Pick<InboxState, 'recent' | 'version'>> {
    const state = await this.state(userId);
    if ('erased' in state) return state;
    const { user_id: _, version: __, ...empty } = emptyInbox(userId);
    const version = state.version + 1;
    const mark: ErasedMark = { erased: true };
    await this.dynamo.put({
      TableName: this.inboxes,
      Item: { user_id: userId, ...empty, version, ...mark },
      ...atVersion(state.version),
    });
    return { recent: state.recent, version };
  }

  /** Deletes rows. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.dynamo.batchWrite(ids.map((id) => ({ table: this.rows, delete: { id } })));
  }

  /** Brings the inbox to `after`. @throws TransactionCancelled when it was changed since */
  async change(after: InboxState): Promise<void> {
    await this.dynamo.transact([inboxAction(after, this.inboxes)], { conflicts: 'throw' });
  }
}

/** The greatest text below a moment: the moment one millisecond before, with a mark after it. */
function justBefore(moment: string): string {
  return `${new Date(Date.parse(moment) - 1).toISOString()}~`;
}
