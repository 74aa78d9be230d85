import { Injectable } from '@nestjs/common';
import { TransactionCancelled } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { OutboxEntry } from '@registrar/messaging';
import { Problem } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { ActiveAdmins } from '../accounts/active-admins.ts';
import { stateOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { UserDirectory } from '../directory/user-directory.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import type { Revocation } from '../revocations/revocation.ts';
import { ProfileCache } from './profile-cache.ts';

/** A change of one account; `before` is undefined for one that is made. The version is raised by who writes. */
export interface UserChange {
  before: Account | undefined;
  after: Account;
}

/** Who changes, and why tokens are revoked where the token version is raised. */
export interface UserAuthor {
  actorId: string;
  /** The audit record, which is written with the change. */
  recorded?: OutboxEntry;
  reason?: Revocation['reason'];
}

/** The writes of one change. */
interface UserWrites {
  actions: TransactAction[];
  entry: OutboxEntry;
}

/**
 * Writes whole changes of users: the account, its claims of an email and an external id, the event, and who is an active
 * admin.
 *
 * Guarantee: all of a change or nothing; tokens below a raised token version are revoked with it. The next search and
 * the next profile on this instance show it.
 * Failure: TransactionCancelled where the account is not as `before` any more; Problem 409 `email_taken`,
 * `external_id_taken`, `last_admin`.
 */
@Injectable()
export class UserWriter {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly ledger: AccountLedger,
    private readonly admins: ActiveAdmins,
    private readonly profiles: ProfileCache,
    private readonly directory: UserDirectory,
  ) {}

  /** Writes one change. @returns the account as it is then */
  async write(change: UserChange, { actorId, recorded, reason }: UserAuthor): Promise<Account> {
    const { before, after } = change;
    const isRevoked = before !== undefined && after.tokenVersion > before.tokenVersion;
    const { actions, entry } = this.writesOf(change, actorId);
    const admins = await this.admins.actionsFor(before, after);
    try {
      await this.ledger.commit({
        actions: [...actions, ...admins],
        entries: [entry, ...(recorded ? [recorded] : [])],
        ...(isRevoked && { revocation: tokensBelow(after.tokenVersion, before, reason ?? 'ended') }),
      });
    } catch (error) {
      throw this.refusalOf(change, error) ?? error;
    }
    return this.changed(change);
  }

  /**
   * Writes changes that neither revoke tokens nor concern admins, in one transaction.
   *
   * @throws TransactionCancelled where one of them cannot be written; nothing was then
   */
  async writeTogether(changes: readonly UserChange[], actorId: string): Promise<void> {
    const writes = changes.map((change) => this.writesOf(change, actorId));
    await this.ledger.commit({
      actions: writes.flatMap(({ actions }) => actions),
      entries: writes.map(({ entry }) => entry),
    });
    for (const change of changes) this.changed(change);
  }

  /** @throws Problem 409 `last_admin`, as `write` would */
  async check({ before, after }: UserChange): Promise<void> {
    await this.admins.actionsFor(before, after);
  }

  private writesOf(change: UserChange, actorId: string): UserWrites {
    const { before } = change;
    const after = accountAfter(change);
    const actions = [
      ...this.claimsOf(change).flatMap(({ actions: claims }) => claims),
      before ? this.accounts.change(before, after) : this.accounts.addition(after),
    ];
    return { actions, entry: userEntry(after, actorId, new Date()) };
  }

  private claimsOf({ before, after }: UserChange) {
    const { id } = after;
    const externalId = before?.externalId ?? null;
    return [
      { actions: this.accounts.emailClaims(id, before?.email, after.email), refusal: emailTaken },
      {
        actions: this.accounts.externalIdClaims({ id, externalId }, after.externalId),
        refusal: externalIdTaken,
      },
    ];
  }

  private refusalOf(change: UserChange, error: unknown): Problem | undefined {
    if (!(error instanceof TransactionCancelled)) return undefined;
    let at = 0;
    for (const { actions, refusal } of this.claimsOf(change)) {
      // The claim is the first of its actions; what gives an id up has no condition.
      if (actions.length > 0 && error.failedCondition(at)) return refusal();
      at += actions.length;
    }
    return undefined;
  }

  private changed(change: UserChange): Account {
    const account = accountAfter(change);
    this.profiles.forgetBefore(account.id, account.version);
    this.directory.note(stateOf(account));
    return account;
  }
}

/** The account as a change leaves it. */
export function accountAfter({ before, after }: UserChange): Account {
  if (!before) return { ...after, version: 1 };
  return { ...after, version: before.version + 1, eventSequence: before.eventSequence + 1 };
}

function externalIdTaken(): Problem {
  return new Problem(
    409,
    'external_id_taken',
    'Another user has this external id. Check the id, or remove it from the other user first.',
  );
}

function emailTaken(): Problem {
  return new Problem(409, 'email_taken', 'Another account has this email.');
}
