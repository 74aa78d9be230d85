import { Injectable } from '@nestjs/common';
import type { RosterEntry, RosterPage, RosterQuery } from '@registrar/contracts-enrollments';
import { CursorCodec } from '@registrar/dynamodb';
import { UsersRepository } from '@registrar/users-projection';
import { waitlistOf, withoutPlace } from '../enrollment/listed-enrollment.ts';
import type { ListPosition, ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { WaitlistRanks } from '../waitlist/waitlist-ranks.ts';
import { RecentChanges } from './recent-changes.ts';
import { withRecent } from './roster-merge.rules.ts';
import type { RosterPart } from './roster-merge.rules.ts';
import { RosterRepository } from './roster.repository.ts';

/** Rows that get their names together, when a whole roster is read. */
const together = 100;

/**
 * Lists who is, was or waits in a class, under whatever code, in order of `enrolledAt`, then of id.
 *
 * Guarantee: shows what was acknowledged up to the last event received (a fraction of a second), although the index
 * may be further behind; each enrollment once on a page. One that is taken up again between two pages moves to
 * the end. Failure: 503 when the store, or somebody's name, cannot be read.
 */
@Injectable()
export class RosterService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly repository: RosterRepository,
    private readonly recent: RecentChanges,
    private readonly users: UsersRepository,
    private readonly ranks: WaitlistRanks,
  ) {}

  /** @throws Problem 400 `invalid_cursor`, 503 */
  async page(classId: string, { status, limit, cursor }: RosterQuery): Promise<RosterPage> {
    const asked = { list: 'roster', courseId: classId, status: status ?? null };
    const after = this.cursors.decode<ListPosition>(asked, cursor);
    const rows: ListedEnrollment[] = [];
    for await (const row of this.rows(classId, { status, after }, limit)) {
      rows.push(row);
      if (rows.length > limit) break;
    }
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const items = await this.entries(rows.slice(0, limit));
    const nextCursor = last ? this.cursors.encode(asked, { enrolledAt: last.enrolledAt, id: last.id }) : null;
    return { items: items.filter((each) => status === undefined || each.status === status), nextCursor };
  }

  /** The whole roster, bit by bit. */
  async *whole(classId: string, status: RosterQuery['status']): AsyncGenerator<RosterEntry[]> {
    let rows: ListedEnrollment[] = [];
    for await (const row of this.rows(classId, { status, after: undefined }, 1_000)) {
      rows.push(row);
      if (rows.length < together) continue;
      yield await this.entries(rows);
      rows = [];
    }
    yield await this.entries(rows);
  }

  /** Ids of all enrollments that have a seat of a class which is not completed, oldest first. */
  async enrolledIn(classId: string): Promise<string[]> {
    const rows = await Array.fromAsync(this.rows(classId, { status: 'enrolled', after: undefined }, 1_000));
    return rows.map(({ id }) => id);
  }

  /** What changed a moment ago is read as it is now: its next event may not have arrived yet. */
  private async *rows(classId: string, part: RosterPart, wanted: number): AsyncGenerator<ListedEnrollment> {
    const recent = await this.repository.current(this.recent.of(classId).map(({ id }) => id));
    yield* withRecent(this.repository.rows(classId, part, wanted), [...recent.values()], part);
  }

  /** The rows with their positions and names. */
  private async entries(rows: readonly ListedEnrollment[]): Promise<RosterEntry[]> {
    const [ranked, users] = await Promise.all([
      this.ranked(rows),
      this.users.byIds(rows.map(({ userId }) => userId)),
    ]);
    return ranked.map((row) => {
      const user = users.get(row.userId);
      return {
        ...withoutPlace(row, row.waitlistPosition),
        userName: user?.name ?? null,
        userEmail: user?.email ?? null,
      };
    });
  }

  private async ranked(rows: readonly ListedEnrollment[]): Promise<ListedEnrollment[]> {
    const ranked = await Promise.all(rows.map((row) => this.withPosition(row)));
    // Who waits no more was promoted, or gave up, a moment ago.
    const outdated = ranked.filter(
      ({ status, waitlistPosition }) => status === 'waitlisted' && waitlistPosition === null,
    );
    if (outdated.length === 0) return ranked;
    const current = await this.repository.current(outdated.map(({ id }) => id));
    return Promise.all(ranked.map((row) => this.withPosition(current.get(row.id) ?? row)));
  }

  private async withPosition(row: ListedEnrollment): Promise<ListedEnrollment> {
    if (row.ticket === undefined) return row;
    return { ...row, waitlistPosition: await this.ranks.rankOf(waitlistOf(row), row.ticket) };
  }
}
