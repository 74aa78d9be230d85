import { Injectable } from '@nestjs/common';
import { CachedBody } from '@registrar/cache';
import type { Sendable } from '@registrar/cache';
import type { OwnEnrollmentsQuery } from '@registrar/contracts-enrollments';
import { CursorCodec } from '@registrar/dynamodb';
import { waitlistOf } from '../enrollment/listed-enrollment.ts';
import type { ListPosition, ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { WaitlistRanks } from '../waitlist/waitlist-ranks.ts';
import { defaultLimit, isWholeAnswer, parseOwn } from './list-body.ts';
import { MyEnrollmentsCache } from './my-enrollments.cache.ts';
import { MyEnrollmentsRepository } from './my-enrollments.repository.ts';
import { ownPage } from './list-page.rules.ts';

/**
 * Lists a student's own enrollments from the cache; a list without filters goes out as the very bytes that are
 * cached, unless a place on a waitlist has to be counted.
 *
 * Guarantee: shows the student's last acknowledged write, on every instance.
 */
@Injectable()
export class MyEnrollmentsService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly cache: MyEnrollmentsCache,
    private readonly repository: MyEnrollmentsRepository,
    private readonly ranks: WaitlistRanks,
  ) {}

  /** @throws Problem 400 `invalid_cursor`, 503 */
  async list(userId: string, query: OwnEnrollmentsQuery): Promise<Sendable> {
    const asked = {
      list: 'own enrollments',
      userId,
      semesterId: query.semesterId ?? null,
      status: query.status ?? null,
    };
    const position = this.cursors.decode<ListPosition>(asked, query.cursor);
    const { body, source } = await this.cache.get(userId);
    if (!body) return { body: CachedBody.of(emptyPage), source };
    const isUnfiltered =
      query.semesterId === undefined &&
      query.status === undefined &&
      query.limit === defaultLimit &&
      !position;
    if (isUnfiltered && isWholeAnswer(body.bytes)) return { body, source };
    const { all, ranks } = await this.ranked(userId, parseOwn(body.bytes));
    const page = ownPage(
      all,
      query,
      position,
      (classId, ticket) => ranks.get(`${classId} ${ticket}`) ?? null,
    );
    const nextCursor = page.next && this.cursors.encode(asked, page.next);
    return { body: CachedBody.of(JSON.stringify({ items: page.items, nextCursor })), source };
  }

  /** The positions of all waiting places. One that waits no more was promoted just now: then all is read again. */
  private async ranked(
    userId: string,
    all: ListedEnrollment[],
    isSure = false,
  ): Promise<{ all: ListedEnrollment[]; ranks: Map<string, number> }> {
    const ranks = new Map<string, number>();
    for (const each of all) {
      const { ticket } = each;
      if (ticket === undefined) continue;
      const classId = waitlistOf(each);
      const rank = await this.ranks.rankOf(classId, ticket);
      if (rank !== null) ranks.set(`${classId} ${ticket}`, rank);
      else if (!isSure) return this.ranked(userId, (await this.repository.read(userId)).enrollments, true);
    }
    return { all, ranks };
  }
}

const emptyPage = '{"items":[],"nextCursor":null}';
