import { Injectable } from '@nestjs/common';
import type { InboxPage, InboxQuery, Notification } from '@registrar/contracts-notifications';
import { CursorCodec } from '@registrar/dynamodb';
import type { InboxState } from '../ledger/inbox-state.rules.ts';
import { readAtOf, readThrough } from '../ledger/inbox-state.rules.ts';
import type { InboxRow } from '../ledger/notification-row.ts';
import { notificationOf } from '../ledger/notification-row.ts';
import { unreadOf, withRecent } from './inbox-list.rules.ts';
import type { Stretch } from './inbox-list.rules.ts';
import { InboxRepository } from './inbox.repository.ts';

/** A page with the rows and state that it shows. */
interface ReadPage {
  page: InboxPage;
  state: InboxState;
  rows: readonly InboxRow[];
}

/** How many new rows a stream is given at a time. */
const newRowsAtOnce = 100;

/**
 * Reads inboxes from the store.
 *
 * Guarantee: a row that is committed is in the answer, and one that is marked shows it, however far the index
 * lags: the newest rows are known from the inbox itself, and all are read consistently by their keys.
 */
@Injectable()
export class InboxReader {
  constructor(
    private readonly repository: InboxRepository,
    private readonly cursors: CursorCodec,
  ) {}

  /** A page, newest first. @throws Problem 400 `invalid_cursor` */
  async page(userId: string, query: InboxQuery): Promise<ReadPage> {
    const unread = query.unread === 'true';
    const asked = { list: 'notifications', userId, unread };
    const before = this.cursors.decode<{ at: string }>(asked, query.cursor);
    const state = await this.repository.state(userId);
    const rows = await this.newest(state, { before: before?.at, unread, limit: query.limit + 1 });
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      state,
      rows: shown,
      page: {
        items: shown.map((row) => notificationOf(row, readAtOf(row, state))),
        nextCursor: last ? this.cursors.encode(asked, { at: last.created_at }) : null,
        unreadCount: state.unread,
      },
    };
  }

  /** What came into the inbox after `moment`, oldest first; not all of it where that is a lot. */
  async after(userId: string, moment: string): Promise<Notification[]> {
    const state = await this.repository.state(userId);
    if (state.last_at <= moment) return [];
    const stretch = { after: moment };
    const indexed = await this.repository.places({
      userId,
      direction: 'oldest',
      unread: false,
      limit: newRowsAtOnce,
      ...stretch,
    });
    const places = withRecent(indexed, state.recent, stretch, 'oldest').slice(0, newRowsAtOnce);
    const rows = await this.repository.rowsAt(places);
    return rows.map((row) => notificationOf(row, readAtOf(row, state)));
  }

  /** Where a stream continues: at the row called `id`, or at the newest one where the user has no such row. */
  async placeOf(userId: string, id: string | undefined): Promise<string> {
    const row = id === undefined ? undefined : await this.repository.row(userId, id);
    return row?.created_at ?? (await this.repository.state(userId)).last_at;
  }

  private async newest(
    state: InboxState,
    { before, unread, limit }: { before: string | undefined; unread: boolean; limit: number },
  ): Promise<InboxRow[]> {
    const after = unread && readThrough(state) !== '' ? readThrough(state) : undefined;
    const found: InboxRow[] = [];
    let stretch: Stretch = { before, after };
    for (;;) {
      const indexed = await this.repository.places({
        userId: state.user_id,
        direction: 'newest',
        unread,
        limit,
        ...stretch,
      });
      const known = indexed.filter(({ at }) => at <= state.last_at);
      const places = withRecent(known, state.recent, stretch, 'newest').slice(0, limit);
      const rows = await this.repository.rowsAt(places);
      found.push(...(unread ? unreadOf(rows, state) : rows));
      const last = places.at(-1);
      if (found.length >= limit || places.length < limit || !last) return found.slice(0, limit);
      stretch = { before: last.at, after };
    }
  }
}
