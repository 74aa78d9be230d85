import { Injectable } from '@nestjs/common';
import type { Identity, Role } from '@registrar/auth';
import type {
  InternalUserQuery,
  PatchUserRequest,
  User,
  UserPage,
  UsersQuery,
} from '@registrar/contracts-gateway';
import { CursorCodec, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { erasedUserOf, userOf } from '../accounts/user.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { ProfileCache } from './profile-cache.ts';

const query = { route: 'users' };

/**
 * Everybody's accounts, for registrars, and their roles, names and external ids, for admins.
 *
 * Guarantee: no two users have the same external id. A change of roles ends the user's access tokens in the same
 * commit; sessions go on, and a refresh gives a token with the new roles.
 * Failure: Problem 404 `user_not_found`, 409 `own_admin_role`, `external_id_taken`.
 */
@Injectable()
export class UserService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly accounts: AccountRepository,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
    private readonly profiles: ProfileCache,
  ) {}

  /** The user with this id; of an erased one only what is left. */
  async view(id: string): Promise<User> {
    const account = await this.accounts.byId(id);
    const erased = account ? undefined : await this.accounts.erasedById(id);
    return erased ? erasedUserOf(erased) : userOf(account ?? (await this.byId(id)));
  }

  /** The account with this id. */
  async byId(id: string): Promise<Account> {
    const account = await this.accounts.byId(id);
    if (!account) throw new Problem(404, 'user_not_found', 'There is no user with this id.');
    return account;
  }

  /** The account with this email, in any case of letters, or with this external id. */
  async byKey(key: InternalUserQuery): Promise<Account> {
    const account = await this.found(key);
    if (account) return account;
    const by = key.email === undefined ? 'external id' : 'email';
    throw new Problem(404, 'user_not_found', `There is no user with this ${by}.`);
  }

  /** The account of an email or an external id, or a page of all. */
  async find({ email, externalId, limit, cursor }: UsersQuery): Promise<UserPage> {
    const after = this.cursors.decode<{ emailKey: string; id: string }>(query, cursor);
    if (email !== undefined || externalId !== undefined) {
      const account = await this.found({ email, externalId });
      return { items: account ? [userOf(account)] : [], nextCursor: null };
    }
    const { accounts, next } = await this.accounts.list(limit, after);
    return { items: accounts.map(userOf), nextCursor: next ? this.cursors.encode(query, next) : null };
  }

  private found({ email, externalId }: InternalUserQuery): Promise<Account | undefined> {
    if (email !== undefined) return this.accounts.byEmail(email);
    return this.accounts.byExternalId(externalId ?? '');
  }

  /** Changes what `fields` names of a user; what is so already stays as it is. */
  change(actor: Identity, id: string, fields: PatchUserRequest, address: string): Promise<User> {
    return retryOnConflict(() => this.changeFields(actor, id, fields, address));
  }

  private async changeFields(
    actor: Identity,
    id: string,
    fields: PatchUserRequest,
    address: string,
  ): Promise<User> {
    const account = await this.byId(id);
    const { externalId = account.externalId, name = account.name } = fields;
    const changed = { ...account, externalId, name, version: account.version + 1 };
    const names = (['externalId', 'name'] as const).filter((field) => changed[field] !== account[field]);
    if (names.length === 0) return userOf(account);
    await this.commitFields(account, changed, actor);
    this.profiles.forgetBefore(id, changed.version);
    const detail = names.join(',');
    this.audit.record('user_changed', 'succeeded', { actorId: actor.id, target: id, address, detail });
    return userOf(changed);
  }

  private async commitFields(account: Account, changed: Account, actor: Identity): Promise<void> {
    const claims = this.accounts.externalIdClaims(account, changed.externalId);
    try {
      await this.ledger.commit({
        actions: [...claims, this.accounts.change(account, changed)],
        entries: [userEntry(changed, actor.id, new Date())],
      });
    } catch (error) {
      const isTaken = error instanceof TransactionCancelled && error.failedCondition(0);
      if (isTaken && claims[0]?.Put) throw externalIdTaken();
      throw error;
    }
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

function externalIdTaken(): Problem {
  return new Problem(
    409,
    'external_id_taken',
    'Another user has this external id. Check the id, or remove it from the other user first.',
  );
}

function sameRoles(one: Role[], other: Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
