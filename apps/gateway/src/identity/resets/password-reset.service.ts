import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { ResetConfirmation } from '@registrar/contracts-gateway';
import { TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { CONFIG, Problem, newId } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { ActiveAdmins } from '../accounts/active-admins.ts';
import type { Account } from '../accounts/user.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { refuseCommon } from '../passwords/refuse-common.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import { resetLifeMs } from './password-reset.ts';
import type { PasswordReset } from './password-reset.ts';
import { PasswordResetRepository } from './password-reset.repository.ts';
import { resetEntry } from './reset-event.ts';
import { isTokenOf, resetIdOf, resetKey, resetToken } from './reset-token.rules.ts';

/** Every request takes this long, so that the time does not tell whether there is an account. */
const evenMs = 150;
/** Mails to one account within an hour; more are not sent. */
const mailsAnHour = 5;

/** What the mail of a reset needs. */
export interface ResetLink {
  link: string;
  email: string;
  name: string;
  expiresAt: string;
}

/**
 * Lets people set a new password by a link in a mail.
 *
 * Guarantee: no answer reveals whether an account exists; a suspended one gets no mail; a link works once, for half an hour, and ends all
 * sessions. Whatever changes the password ends every link that was asked for before. Failure: Problem 400 `invalid_reset_token`.
 */
@Injectable()
export class PasswordResetService {
  private readonly key: Buffer;

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly accounts: AccountRepository,
    private readonly admins: ActiveAdmins,
    private readonly resets: PasswordResetRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {
    this.key = resetKey(config.SERVICE_TOKEN_SECRET);
  }

  /** Has a mail sent where there is an account. */
  async request(email: string, address: string): Promise<void> {
    await Promise.all([delay(evenMs), this.begin(email, address)]);
  }

  /** Sets the password by the token of a mail. */
  async confirm({ token, newPassword }: ResetConfirmation, address: string): Promise<void> {
    refuseCommon('newPassword', newPassword);
    const id = resetIdOf(token);
    const reset = id === undefined ? undefined : await this.resets.byId(id);
    if (!reset || !isTokenOf(reset, token, this.key) || !isGood(reset, Date.now())) throw invalidToken();
    // A link that a change of the password ended costs no hash.
    await this.accountOf(reset);
    const group = addressGroup(address);
    const passwordHash = await this.hasher.hash(newPassword, {
      queue: 'known',
      group,
      account: reset.userId,
    });
    await retryOnConflict(() => this.use(reset, passwordHash));
    this.audit.record('password_reset', 'succeeded', { actorId: reset.userId, address });
  }

  /** The link of a reset, for who sends its mail; undefined where it is used, expired or unknown. */
  async link(id: string): Promise<ResetLink | undefined> {
    const reset = await this.resets.byId(id);
    const account = reset && (await this.accounts.byId(reset.userId));
    if (!account || account.sessionEpoch !== reset.sessionEpoch || !isGood(reset, Date.now()))
      return undefined;
    return this.linkOf(reset, account);
  }

  /** The account of a reset. @throws Problem 400 `invalid_reset_token` where its password has changed since */
  private async accountOf({ userId, sessionEpoch }: PasswordReset): Promise<Account> {
    const account = await this.accounts.byId(userId);
    if (account?.sessionEpoch !== sessionEpoch) throw invalidToken();
    return account;
  }

  /** Uses a reset up, decided on the account as it is now. */
  private async use(reset: PasswordReset, passwordHash: string): Promise<void> {
    const { id, grantsAdmin = false } = reset;
    const account = await this.accountOf(reset);
    const now = new Date();
    const tokenVersion = account.tokenVersion + 1;
    const changed: Account = {
      ...account,
      passwordHash,
      tokenVersion,
      sessionEpoch: account.sessionEpoch + 1,
      ...(grantsAdmin && asAdmin(account)),
    };
    const admins = grantsAdmin ? await this.firstAdmin(changed) : [];
    try {
      await this.ledger.commit({
        actions: [this.resets.use(id, now.getTime()), this.accounts.change(account, changed), ...admins],
        entries: grantsAdmin ? [userEntry(changed, account.id, now)] : [],
        revocation: tokensBelow(tokenVersion, account, 'password'),
      });
    } catch (error) {
      if (error instanceof TransactionCancelled && error.failedCondition(0)) throw invalidToken();
      throw error;
    }
  }

  /** Of several links for a first admin the one that is used first counts. */
  private async firstAdmin(account: Account): Promise<TransactAction[]> {
    try {
      return await this.admins.firstAdmin(account);
    } catch (error) {
      throw error instanceof Problem && error.code === 'admin_exists' ? invalidToken() : error;
    }
  }

  /**
   * A link for the account by which its user becomes the first admin; it is mailed to nobody. Like any other it is
   * over when the password, or the suspension, of the account changes.
   */
  async firstAdminLink(account: Account): Promise<ResetLink> {
    const reset: PasswordReset = { ...newReset(account), grantsAdmin: true };
    await this.ledger.commit({ actions: [this.resets.creation(reset)] });
    return this.linkOf(reset, account);
  }

  private linkOf(reset: PasswordReset, { email, name }: Account): ResetLink {
    const url = new URL(this.config.LINK_BASE);
    // Browsers keep a fragment to themselves: the token reaches no server's log and no Referer header.
    url.hash = `?token=${resetToken(reset, this.key)}`;
    return { link: url.href, email, name, expiresAt: new Date(reset.expiresAt).toISOString() };
  }

  private async begin(email: string, address: string): Promise<void> {
    const now = new Date();
    const found = await this.accounts.byEmail(email);
    const mails = await this.attempts.count('reset', email, '*', this.attempts.now(), 60 * 60_000);
    // Suspended, nobody can use a new password; the link would be good for after a restoration that was not meant for it.
    if (found?.status !== 'active' || mails > mailsAnHour) return;
    const made = newReset(found);
    await retryOnConflict(async () => {
      const account = await this.accounts.byId(found.id);
      if (account?.status !== 'active') return;
      const reset: PasswordReset = { ...made, sessionEpoch: account.sessionEpoch };
      await this.ledger.commit({
        actions: [this.resets.creation(reset), this.accounts.nextEvent(account)],
        entries: [resetEntry(reset, account.eventSequence + 1, now)],
      });
    });
    this.audit.record('password_reset_requested', 'succeeded', { actorId: found.id, address });
  }
}

function newReset({ id: userId, sessionEpoch }: Account): PasswordReset {
  const nonce = randomBytes(16).toString('base64url');
  return {
    id: newId('rst'),
    userId,
    sessionEpoch,
    nonce,
    expiresAt: Date.now() + resetLifeMs,
    usedAt: undefined,
  };
}

/** The operator vouches for the email of who becomes the first admin. */
function asAdmin({ roles, version }: Account): Pick<Account, 'roles' | 'version' | 'emailVerified'> {
  return { roles: [...new Set([...roles, 'admin' as const])], version: version + 1, emailVerified: true };
}

function isGood({ usedAt, expiresAt }: PasswordReset, now: number): boolean {
  return usedAt === undefined && expiresAt > now;
}

function invalidToken(): Problem {
  return new Problem(400, 'invalid_reset_token', 'The link is used, expired or invalid. Request a new one.');
}
