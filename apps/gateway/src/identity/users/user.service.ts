import { Inject, Injectable } from '@nestjs/common';
import { changesOf } from '@registrar/audit';
import type { Identity, Role } from '@registrar/auth';
import type { PatchUserRequest, SignedInUser, User } from '@registrar/contracts-gateway';
import { retryOnConflict } from '@registrar/dynamodb';
import { CONFIG, Problem, unauthorized } from '@registrar/service';
import { AccountRepository } from '../accounts/account.repository.ts';
import { restored, suspended } from '../accounts/account-status.rules.ts';
import { ActiveAdmins } from '../accounts/active-admins.ts';
import { userOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { UserWriter } from './user-writer.ts';
import type { UserAuthor } from './user-writer.ts';

/** Fields that a change names, in the order of the audit log. */
const fieldNames = ['externalId', 'name', 'givenName', 'familyName'] as const;

/** Who changes a user, and from where. */
export interface Changer {
  actor: Identity;
  address: string;
}

/** What becomes of an account, and how it is recorded. */
interface Change {
  action: string;
  /** The account as it shall be; undefined where it is so already. */
  decide: (account: Account) => Account | undefined;
  reason?: UserAuthor['reason'];
}

/**
 * Changes accounts, for admins, and the own names.
 *
 * Guarantee: no two users have the same external id, and one active admin is left, also where admins change one another
 * at the same moment. A change of roles ends the access tokens of the user in the same commit, and a refresh gives one
 * with the new roles; a suspension ends the sessions too.
 * Failure: Problem 404 `user_not_found`, 409 `own_admin_role`, `last_admin`, `external_id_taken`.
 */
@Injectable()
export class UserService {
  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly accounts: AccountRepository,
    private readonly admins: ActiveAdmins,
    private readonly writer: UserWriter,
    private readonly audit: AuditLog,
  ) {}

  /** The account with this id. */
  async byId(id: string): Promise<Account> {
    return (await this.accounts.byId(id)) ?? notFound();
  }

  /** The user with this id as clients see them, an erased one too. */
  async view(id: string): Promise<User> {
    return (await this.accounts.userById(id)) ?? notFound();
  }

  /** Changes what `fields` names of a user; what is so already stays as it is. */
  change(changer: Changer, id: string, fields: PatchUserRequest): Promise<SignedInUser> {
    return this.apply(changer, id, {
      action: 'user_changed',
      decide: (account) => {
        const named = Object.entries(fields).filter(([, value]) => value !== undefined);
        const after: Account = { ...account, ...Object.fromEntries(named) };
        return fieldNames.some((field) => after[field] !== account[field]) ? after : undefined;
      },
    });
  }

  /** Changes the own names. @throws Problem 403 `profile_not_editable` where the campus keeps them */
  async changeOwn(changer: Changer, fields: Omit<PatchUserRequest, 'externalId'>): Promise<SignedInUser> {
    if (!this.config.PROFILE_EDITABLE)
      throw new Problem(
        403,
        'profile_not_editable',
        'The registrar keeps the names. Ask there for a change.',
      );
    const { id } = changer.actor;
    if (!(await this.accounts.byId(id))) throw unauthorized('This account no longer exists.');
    return this.change(changer, id, fields);
  }

  /** Grants `id` exactly these roles; those that only the campus gives stay. */
  setRoles(changer: Changer, id: string, roles: Role[]): Promise<SignedInUser> {
    return this.apply(changer, id, {
      action: 'roles_changed',
      reason: 'roles',
      decide: (account) => {
        if (sameRoles(account.roles, roles)) return undefined;
        return { ...account, roles, tokenVersion: account.tokenVersion + 1 };
      },
    });
  }

  /** Suspends a user; one who is suspended stays so, for the reason of then. */
  suspend(changer: Changer, id: string, reason: string): Promise<SignedInUser> {
    return this.apply(changer, id, {
      action: 'user_suspended',
      reason: 'suspended',
      decide: (account) => (account.status === 'suspended' ? undefined : suspended(account, reason)),
    });
  }

  /** Ends a suspension. */
  restore(changer: Changer, id: string): Promise<SignedInUser> {
    return this.apply(changer, id, {
      action: 'user_restored',
      decide: (account) => (account.status === 'active' ? undefined : restored(account)),
    });
  }

  private apply({ actor, address }: Changer, id: string, change: Change): Promise<SignedInUser> {
    const { action, decide, reason } = change;
    return retryOnConflict(async () => {
      const before = await this.byId(id);
      const after = decide(before);
      if (!after) return userOf(before);
      if (before.id === actor.id && isAdmin(before) && !isAdmin(after)) {
        await this.admins.actionsFor(before, after);
        throw ownAdminRole();
      }
      const changes = changesOf(userOf(before), userOf(after));
      const recorded = this.audit.entry(action, { actorId: actor.id, target: id, address, ...changes });
      const author = { actorId: actor.id, recorded: recorded.outbox, ...(reason && { reason }) };
      return userOf(await this.writer.write({ before, after }, author));
    });
  }
}

function notFound(): never {
  throw new Problem(404, 'user_not_found', 'There is no user with this id.');
}

function ownAdminRole(): Problem {
  return new Problem(409, 'own_admin_role', 'You cannot remove your own admin role. Another admin can.');
}

function isAdmin({ roles }: Account): boolean {
  return roles.includes('admin');
}

function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
