import { Injectable } from '@nestjs/common';
import type { Identity, Role } from '@registrar/auth';
import type { User, UserPage, UsersQuery } from '@registrar/contracts-gateway';
import { CursorCodec, retryOnConflict } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { userOf } from '../accounts/user.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';

const query = { route: 'users' };

/**
 * Everybody's accounts, for registrars, and their roles, for admins.
 *
 * Guarantee: a change of roles ends the user's access tokens in the same commit; sessions go on, and a refresh
 * gives a token with the new roles. Failure: Problem 404 `user_not_found`, 409 `last_admin`.
 */
@Injectable()
export class UserService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly accounts: AccountRepository,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  /** The account with this id. */
  async byId(id: string): Promise<Account> {
    const account = await this.accounts.byId(id);
    if (!account) throw new Problem(404, 'user_not_found', 'There is no user with this id.');
    return account;
  }

  /** The account with this email, in any case of letters. */
  async byEmail(email: string): Promise<Account> {
    const account = await this.accounts.byEmail(email);
    if (!account) throw new Problem(404, 'user_not_found', 'There is no user with this email.');
    return account;
  }

  /** The account of an email, or a page of all. */
  async find({ email, limit, cursor }: UsersQuery): Promise<UserPage> {
    const after = this.cursors.decode<{ emailKey: string; id: string }>(query, cursor);
    if (email !== undefined) {
      const account = await this.accounts.byEmail(email);
      return { items: account ? [userOf(account)] : [], nextCursor: null };
    }
    const { entries, next } = await this.accounts.list(limit, after);
    return { items: entries.map(userOf), nextCursor: next ? this.cursors.encode(query, next) : null };
  }

  /** Gives `id` exactly these roles. */
  async setRoles(actor: Identity, id: string, roles: Role[], address: string): Promise<User> {
    if (actor.id === id && !roles.includes('admin')) {
      throw new Problem(409, 'own_admin_role', 'You cannot remove your own admin role. Another admin can.');
    }
    return retryOnConflict(() => this.changeRoles(actor, id, roles, address));
  }

  private async changeRoles(actor: Identity, id: string, roles: Role[], address: string): Promise<User> {
    const account = await this.byId(id);
    if (sameRoles(account.roles, roles)) return userOf(account);
    const changed = {
      ...account,
      roles,
      version: account.version + 1,
      tokenVersion: account.tokenVersion + 1,
    };
    await this.commitRoles(account, changed, actor);
    const detail = `${account.roles.join(',')} -> ${roles.join(',')}`;
    this.audit.record('roles_changed', 'succeeded', { actorId: actor.id, target: id, address, detail });
    return userOf(changed);
  }

  private async commitRoles(account: Account, changed: Account, actor: Identity): Promise<void> {
    const now = new Date();
    await this.ledger.commit({
      actions: [this.accounts.change(account, changed)],
      entries: [userEntry(changed, actor.id, now)],
      revocation: tokensBelow(changed.tokenVersion, account, 'roles'),
    });
  }
}

function sameRoles(one: Role[], other: Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
