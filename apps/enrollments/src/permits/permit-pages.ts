import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@registrar/contracts-enrollments';
import { CursorCodec } from '@registrar/dynamodb';
import { UsersRepository } from '@registrar/users-projection';
import type { ListPage } from './permits.repository.ts';

/** What is shown of a student: null for an account that is no more. */
export interface NamedStudent {
  userName: string | null;
  userEmail: string | null;
}

/** Pages of permits and requests, with the names of their students. */
@Injectable()
export class PermitPages {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly users: UsersRepository,
  ) {}

  /**
   * A page of the list that `asked` names.
   *
   * @param keyOf where an item stands in the list
   * @throws Problem 400 `invalid_cursor`, 503
   */
  async page<T extends { userId: string }>(
    asked: Record<string, string>,
    { limit, cursor }: PageQuery,
    read: (page: ListPage) => Promise<T[]>,
    keyOf: (item: T) => string,
  ): Promise<{ items: (T & NamedStudent)[]; nextCursor: string | null }> {
    const position = this.cursors.decode<{ before: string }>(asked, cursor);
    const found = await read({ before: position?.before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const nextCursor = last ? this.cursors.encode(asked, { before: keyOf(last) }) : null;
    return { items: await this.named(items), nextCursor };
  }

  /** The items with name and address of their students. */
  async named<T extends { userId: string }>(items: readonly T[]): Promise<(T & NamedStudent)[]> {
    const users = await this.users.byIds(items.map(({ userId }) => userId));
    return items.map((item) => {
      const user = users.get(item.userId);
      return { ...item, userName: user?.name ?? null, userEmail: user?.email ?? null };
    });
  }

  /** One item with name and address of its student. */
  async namedOne<T extends { userId: string }>(item: T): Promise<T & NamedStudent> {
    const [named] = await this.named([item]);
    if (!named) throw new Error('An item was lost.');
    return named;
  }
}
