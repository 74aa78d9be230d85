import { Injectable } from '@nestjs/common';
import type { InternalUserQuery, UserPage, UsersQuery } from '@registrar/contracts-gateway';
import { CursorCodec } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { AccountRepository } from '../accounts/account.repository.ts';
import { stateOf, userOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { entryOf, matchOf } from '../directory/directory-entry.rules.ts';
import type { DirectoryPosition } from '../directory/directory-index.ts';
import { UserDirectory } from '../directory/user-directory.ts';

/**
 * Finds users, for registrars.
 *
 * Guarantee: every user in an answer is as the last acknowledged write left them. A cursor continues on any instance.
 * Failure: Problem 404 `user_not_found`, 503 `service_unavailable` for a search while users are loaded.
 */
@Injectable()
export class UserSearchService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly accounts: AccountRepository,
    private readonly directory: UserDirectory,
  ) {}

  /** The account with this email, in any case of letters, or with this external id. */
  async byKey(key: InternalUserQuery): Promise<Account> {
    const account = await this.found(key);
    if (account) return account;
    const by = key.email === undefined ? 'external id' : 'email';
    throw new Problem(404, 'user_not_found', `There is no user with this ${by}.`);
  }

  /** The account of an email or an external id, or a page of all, or of those who match. */
  async find({ email, externalId, limit, cursor, ...filter }: UsersQuery): Promise<UserPage> {
    const query = { route: 'users', ...filter };
    const after = this.cursors.decode<DirectoryPosition>(query, cursor);
    const isMatch = matchOf(filter);
    const matching = (accounts: readonly Account[]) =>
      accounts.filter((account) => isMatch(entryOf(stateOf(account)))).map(userOf);
    if (email !== undefined || externalId !== undefined) {
      const account = await this.found({ email, externalId });
      return { items: matching(account ? [account] : []), nextCursor: null };
    }
    const isSearch = Object.values(filter).some((value) => value !== undefined);
    const { accounts, next } = isSearch
      ? await this.search(filter, limit, after)
      : await this.accounts.list(limit, after);
    return { items: matching(accounts), nextCursor: next ? this.cursors.encode(query, next) : null };
  }

  private async search(
    filter: Pick<UsersQuery, 'q' | 'role' | 'status'>,
    limit: number,
    after: DirectoryPosition | undefined,
  ) {
    // One more than the page shows whether it is the last.
    const found = await this.directory.find(filter, limit + 1, after);
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    const accounts = await this.accounts.byIds(page.map(({ id }) => id));
    return { accounts, next: last && { emailKey: last.emailKey, id: last.id } };
  }

  private found({ email, externalId }: InternalUserQuery): Promise<Account | undefined> {
    if (email !== undefined) return this.accounts.byEmail(email);
    return this.accounts.byExternalId(externalId ?? '');
  }
}
