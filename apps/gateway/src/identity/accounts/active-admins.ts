import { Injectable } from '@nestjs/common';
import { Dynamo, atVersion } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { AccountLookup } from './account-lookup.ts';
import { AccountRepository } from './account.repository.ts';
import type { Account } from './user.ts';

const key = { id: 'active' } as const;

/** The one item of the `admins` table. */
interface AdminsItem {
  id: 'active';
  /** Of accounts that are active and were granted the role. */
  user_ids: string[];
  version: number;
}

/** Who they are, and at which version of the item; 0 where there is none yet. */
interface KnownAdmins {
  ids: string[];
  version: number;
}

/**
 * The active admins: accounts that are active and were granted the role. Who is an admin by the campus alone does not
 * count, as the campus may take that away at any time.
 *
 * Guarantee: one is left, also where admins suspend or demote one another at the same moment: every change of who they are goes
 * through one item, on the condition of its version. Failure: Problem 409 `last_admin`.
 */
@Injectable()
export class ActiveAdmins {
  private readonly table: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly accounts: AccountRepository,
    private readonly lookup: AccountLookup,
  ) {
    this.table = dynamo.tables.name('admins');
  }

  /** Whether there is one. */
  async hasAny(): Promise<boolean> {
    return (await this.read()).ids.length > 0;
  }

  /**
   * What belongs into the transaction of a change of an account: nothing, where it leaves as it is who is an active
   * admin. The transaction fails where others changed who is one meanwhile; then decide again.
   *
   * @param before undefined for an account that is made
   * @param after undefined for one that is erased
   * @throws Problem 409 `last_admin`
   */
  async actionsFor(before: Account | undefined, after: Account | undefined): Promise<TransactAction[]> {
    const [was, is] = [isActiveAdmin(before), isActiveAdmin(after)];
    if (was === is) return [];
    const id = (after ?? before)?.id ?? '';
    const { ids, version } = await this.read();
    const others = ids.filter((each) => each !== id);
    if (!is && others.length === 0) throw lastAdmin();
    return [this.put(is ? [...others, id] : others, version)];
  }

  /** As `actionsFor`, for one who becomes the first. @throws Problem 409 `admin_exists` where there is one */
  async firstAdmin({ id }: Account): Promise<TransactAction[]> {
    const { ids, version } = await this.read();
    if (ids.length > 0) throw adminExists();
    return [this.put([id], version)];
  }

  /** Those who are, and not only were: the item may be of before an instance of an earlier release changed them. */
  private async read(): Promise<KnownAdmins> {
    const item = await this.dynamo.get<AdminsItem>('admins', key);
    const ids = item?.user_ids ?? (await this.listed());
    const accounts = await this.accounts.byIds(ids);
    return { ids: accounts.filter(isActiveAdmin).map(({ id }) => id), version: item?.version ?? 0 };
  }

  /** Of accounts from before there was an item. */
  private async listed(): Promise<string[]> {
    const found: string[] = [];
    for await (const { id, roles } of this.lookup.everybody()) if (roles.includes('admin')) found.push(id);
    return found;
  }

  private put(ids: string[], version: number): TransactAction {
    const item: AdminsItem = { ...key, user_ids: ids, version: version + 1 };
    return { Put: { TableName: this.table, Item: item, ...atVersion(version) } };
  }
}

function isActiveAdmin(account: Account | undefined): boolean {
  return account?.status === 'active' && account.roles.includes('admin');
}

function lastAdmin(): Problem {
  return new Problem(409, 'last_admin', 'This is the last active admin. Make another user an admin first.');
}

/** 409: an admin is there, who can make others. */
export function adminExists(): Problem {
  return new Problem(409, 'admin_exists', 'There is an active admin, who can make others.');
}
