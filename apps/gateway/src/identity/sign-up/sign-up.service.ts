import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { retryWithBackoff } from '@registrar/async';
import type { Role } from '@registrar/auth';
import type { RegisterRequest } from '@registrar/contracts-gateway';
import { StoreUnavailable, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { CONFIG, Problem } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { ownEmailKey } from '../accounts/email-key.rules.ts';
import { ActiveAdmins } from '../accounts/active-admins.ts';
import { newAccount } from '../accounts/new-account.ts';
import { stateOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { ConfirmationService } from '../confirmations/confirmation.service.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { UserDirectory } from '../directory/user-directory.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import type { HashingTurn } from '../passwords/password-hasher.ts';
import { refuseCommon } from '../passwords/refuse-common.ts';
import type { SessionClient } from '../sessions/session.ts';
import { SessionService } from '../sessions/session.service.ts';
import type { BegunSession } from '../sessions/session.service.ts';

/** A store that is away when the gateway starts is waited for so long, ms. */
const storeWait = { deadlineMs: 60_000, backoff: { firstMs: 250, maxMs: 500 } };

/** For what the process does by itself. */
const ownClient: SessionClient = { kind: 'api', address: '127.0.0.1', userAgent: null };

/**
 * Makes accounts.
 *
 * Guarantee: an email has one account, in any case of letters; everybody begins as a
 * student. Where emails are confirmed first, nothing tells whether one is taken. Failure: Problem 403 `registration_closed`, 409 `email_taken`, 422 for a password that is guessed
 * first, 503 `overloaded`.
 */
@Injectable()
export class SignUpService implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly accounts: AccountRepository,
    private readonly admins: ActiveAdmins,
    private readonly directory: UserDirectory,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly ledger: AccountLedger,
    private readonly confirmations: ConfirmationService,
    private readonly audit: AuditLog,
  ) {}

  /** Outside of production the first admin may come from the environment; a store that is away is waited for. */
  async onApplicationBootstrap(): Promise<void> {
    const isRetryable = (error: unknown) => error instanceof StoreUnavailable;
    await retryWithBackoff(() => this.makeFirstAdmin(), { ...storeWait, isRetryable });
  }

  private async makeFirstAdmin(): Promise<void> {
    const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = this.config;
    await this.hasher.warm();
    if (email === undefined || password === undefined || (await this.accounts.byEmail(email))) return;
    try {
      await this.create({ email, password, name: 'First Admin' }, ['admin'], ownClient);
    } catch (error) {
      // Another instance made it at the same moment.
      if (!(error instanceof Problem) || error.code !== 'email_taken') throw error;
    }
  }

  /** A new student, signed in; undefined where the email is to be confirmed first. */
  async signUp(request: RegisterRequest, client: SessionClient): Promise<BegunSession | undefined> {
    this.refuseClosed(request.email);
    refuseCommon('password', request.password);
    if (this.config.EMAIL_CONFIRMATION) {
      await this.confirmations.request(request, client.address);
      return undefined;
    }
    const turn = { queue: 'stranger', group: addressGroup(client.address) } as const;
    const session = await this.hasher.within(turn, async () => {
      // Asked first, so that a mail that is taken costs no hash; the transaction decides.
      if (await this.accounts.byEmail(request.email)) throw emailTaken();
      return this.create(request, ['student'], client, turn);
    });
    this.audit.record('registration', 'succeeded', {
      actorId: session.answer.user.id,
      address: client.address,
    });
    return session;
  }

  private async create(
    request: RegisterRequest,
    roles: Role[],
    client: SessionClient,
    turn?: HashingTurn,
  ): Promise<BegunSession> {
    const passwordHash = await this.hasher.hash(request.password, turn);
    const now = new Date();
    const { email, name } = request;
    const account = newAccount({ email, name, roles, passwordHash }, now);
    const session = await this.sessions.open(account, client);
    await this.keep(account, session.action, now);
    const { answer, epoch, lifeMs } = session;
    return { answer, epoch, lifeMs };
  }

  /** Keeps the account and its first session, decided on who is an admin then. */
  private async keep(account: Account, sessionAction: TransactAction, now: Date): Promise<void> {
    await retryOnConflict(async () => {
      const admins = await this.admins.actionsFor(undefined, account);
      try {
        await this.ledger.commit({
          actions: [...this.accounts.creation(account), sessionAction, ...admins],
          entries: [userEntry(account, account.id, now)],
        });
      } catch (error) {
        if (error instanceof TransactionCancelled && error.failedCondition(0)) throw emailTaken();
        throw error;
      }
    });
    this.directory.note(stateOf(account));
  }

  private refuseClosed(email: string): void {
    const { SELF_REGISTRATION: open, REGISTRATION_DOMAINS: domains } = this.config;
    const domain = ownEmailKey(email).split('@').at(-1) ?? '';
    if (open && (domains === undefined || domains.includes(domain))) return;
    const detail = open
      ? 'Sign up with an email of your institution.'
      : 'Sign-up is closed. The registrar makes accounts.';
    throw new Problem(403, 'registration_closed', detail);
  }
}

function emailTaken(): Problem {
  return new Problem(
    409,
    'email_taken',
    'An account with this email exists. Sign in, or reset the password.',
  );
}
