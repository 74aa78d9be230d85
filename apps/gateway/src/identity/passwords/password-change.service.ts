import { Injectable } from '@nestjs/common';
import { KeyedQueue } from '@registrar/async';
import type { Identity } from '@registrar/auth';
import type { ChangePasswordRequest } from '@registrar/contracts-gateway';
import { TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { overloaded, unauthorized } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import type { Account } from '../accounts/user.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import { SessionRepository } from '../sessions/session.repository.ts';
import { Guesses } from '../attempts/guesses.ts';
import { PasswordHasher } from './password-hasher.ts';
import type { HashingTurn } from './password-hasher.ts';
import { refuseCommon } from './refuse-common.ts';

/** Where wrong current passwords are counted: a stolen access token must not become a way to guess. */
const origin = 'password change';
/** Changes of one account that may wait for each other. */
const waitingPerAccount = 20;

/**
 * Changes one's own password.
 *
 * Guarantee: every other session of the user ends with it, in one commit, decided on the account as it is then: of
 * two changes at once, the second finds its current password wrong. Failure: Problem 401 `invalid_credentials` for a
 * wrong current password, and after ten of them in 15 minutes, or 100 failures in a row, for any; 401 `unauthorized` where the session ended
 * meanwhile; 503 `overloaded` where 20 wait for the account already.
 */
@Injectable()
export class PasswordChangeService {
  private readonly queue = new KeyedQueue({ maxWaiting: waitingPerAccount, whenFull: overloaded });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly guesses: Guesses,
    private readonly sessions: SessionRepository,
    private readonly hasher: PasswordHasher,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  change(identity: Identity, request: ChangePasswordRequest, address: string): Promise<void> {
    refuseCommon('newPassword', request.newPassword);
    // One at a time, or parallel guesses would all pass before the first is counted.
    return this.hasher.within(turnOf(identity, address), () =>
      this.queue.enqueue(identity.id, () => this.attempt(identity, request, address)),
    );
  }

  private async attempt(identity: Identity, request: ChangePasswordRequest, address: string): Promise<void> {
    let account = await this.verified(identity, request, address);
    const passwordHash = await this.hasher.hash(request.newPassword, turnOf(identity, address));
    let tried = false;
    await retryOnConflict(async () => {
      if (tried) account = await this.verified(identity, request, address, account.passwordHash);
      tried = true;
      await this.commit(account, identity.sessionId, passwordHash);
    });
    this.audit.record('password_changed', 'succeeded', { actorId: account.id, address });
  }

  /** The account as it is now, its current password being the one that is given. @param known hash that was matched before */
  private async verified(
    identity: Identity,
    { currentPassword }: ChangePasswordRequest,
    address: string,
    known?: string | null,
  ): Promise<Account> {
    const account = await this.accounts.byId(identity.id);
    if (!account) throw unauthorized();
    if (account.passwordHash === known) return account;
    const subject = { email: account.email, epoch: account.sessionEpoch };
    const outcome = await this.guesses.judge(subject, origin, () =>
      this.hasher.matches(account.passwordHash, currentPassword, turnOf(identity, address)),
    );
    if (outcome.kind === 'right' && !outcome.isRowTooLong) return account;
    this.audit.record('password_changed', 'refused', { actorId: account.id, address });
    throw unauthorized('The current password is wrong.', 'invalid_credentials');
  }

  private async commit(account: Account, sessionId: string, passwordHash: string): Promise<void> {
    const tokenVersion = account.tokenVersion + 1;
    const sessionEpoch = account.sessionEpoch + 1;
    try {
      await this.ledger.commit({
        actions: [
          this.accounts.change(account, { passwordHash, tokenVersion, sessionEpoch }),
          this.sessions.continuation(sessionId, account.sessionEpoch, sessionEpoch),
        ],
        revocation: tokensBelow(tokenVersion, account, 'password', sessionId),
      });
    } catch (error) {
      const isOver = error instanceof TransactionCancelled && error.failedCondition(1);
      if (isOver && !error.failedCondition(0)) throw unauthorized();
      throw error;
    }
  }
}

/** Signed in is known. */
function turnOf({ id }: Identity, address: string): HashingTurn {
  return { queue: 'known', group: addressGroup(address), account: id };
}
