import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountMail, RegisterRequest } from '@registrar/contracts-gateway';
import { TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { CONFIG, Problem, newId } from '@registrar/service';
import { userEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { accountMailEntry } from '../accounts/account-mail-event.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { isMailedToken, mailedIdOf, mailedToken, mailedTokenKey } from '../accounts/mailed-token.rules.ts';
import type { MailedProof } from '../accounts/mailed-token.rules.ts';
import { newAccount } from '../accounts/new-account.ts';
import type { Account } from '../accounts/user.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { requestedMails } from '../attempts/attempt.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { ConfirmationRepository } from './confirmation.repository.ts';
import { confirmationLifeMs } from './confirmation.ts';
import type { Confirmation } from './confirmation.ts';

/**
 * Makes accounts once the link of a mail to their email was opened, where `EMAIL_CONFIRMATION` asks for it.
 *
 * Guarantee: before that there is no account, no event with personal data and no claim of the email: of several who wait
 * with the same one, who opens the link has it. No answer and no time tells whether an email is taken, as the same is
 * done in every case: whether it is, is looked up when the mail is sent, and its owner is told.
 * Failure: Problem 400 `invalid_confirmation_token`, 503 `overloaded`.
 */
@Injectable()
export class ConfirmationService {
  private readonly key: Buffer;

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly accounts: AccountRepository,
    private readonly confirmations: ConfirmationRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {
    this.key = mailedTokenKey(config.SERVICE_TOKEN_SECRET, 'email confirmation token');
  }

  /** Asks for an account; a mail goes out, but no more than five an hour to one email. */
  async request(request: RegisterRequest, address: string): Promise<void> {
    await Promise.all([delay(requestedMails.evenMs), this.begin(request, address)]);
  }

  /** Has the mail of the last one who asked with this email sent again. */
  async resend(email: string): Promise<void> {
    await Promise.all([delay(requestedMails.evenMs), this.mailAgain(email)]);
  }

  /** Makes the account that waits for `token`. */
  async confirm(token: string, address: string): Promise<void> {
    const id = mailedIdOf('cnf', token);
    const waiting = id === undefined ? undefined : await this.confirmations.byId(id);
    if (!waiting || !isMailedToken(proofOf(waiting), token, this.key)) throw invalidToken();
    const { email, name, passwordHash } = waiting;
    const fields = { email, name, passwordHash, roles: ['student'], emailVerified: true } as const;
    const now = new Date();
    const account = newAccount({ ...fields, roles: [...fields.roles] }, now);
    await retryOnConflict(() => this.make(account, waiting.id, now));
    this.audit.record('registration', 'succeeded', { actorId: account.id, address });
  }

  /** The last one to ask for an account with this email, who may sign in once it is confirmed. */
  async waitingFor(email: string): Promise<Confirmation | undefined> {
    return this.config.EMAIL_CONFIRMATION ? this.confirmations.newestOf(email) : undefined;
  }

  /** What the mail of a confirmation says, as things are now; undefined where it is used or expired. */
  async mail(id: string): Promise<AccountMail | undefined> {
    const waiting = await this.confirmations.byId(id);
    if (!waiting) return undefined;
    const expiresAt = new Date(waiting.expiresAt).toISOString();
    const owner = await this.accounts.byEmail(waiting.email);
    if (owner) {
      const { email, name } = owner;
      return { kind: 'email_taken', email, name, link: this.page('sign-in').href, expiresAt };
    }
    const link = this.page('confirm-email');
    // Browsers keep a fragment to themselves: the token reaches no server's log and no Referer header.
    link.hash = `?token=${mailedToken(proofOf(waiting), this.key)}`;
    // The name is left out: a stranger may have typed anything there, and the mail is in our name.
    return { kind: 'confirm_email', email: waiting.email, name: '', link: link.href, expiresAt };
  }

  /** A page of the portal, beside the one for a new password. */
  private page(name: string): URL {
    return new URL(name, this.config.LINK_BASE);
  }

  private begin(request: RegisterRequest, address: string): Promise<void> {
    const turn = { queue: 'stranger', group: addressGroup(address) } as const;
    return this.hasher.within(turn, async () => {
      const passwordHash = await this.hasher.hash(request.password, turn);
      if (!(await this.mayMail(request.email))) return;
      const { email, name } = request;
      const createdAt = this.attempts.now();
      const nonce = randomBytes(16).toString('base64url');
      const expiresAt = createdAt + confirmationLifeMs;
      const waiting = { id: newId('cnf'), email, name, passwordHash, nonce, createdAt, expiresAt };
      await this.ledger.commit({
        actions: [this.confirmations.creation(waiting)],
        entries: [accountMailEntry(waiting.id, { expiresAt, now: Date.now() })],
      });
      this.audit.record('registration_requested', 'succeeded', {
        actorId: null,
        target: waiting.id,
        address,
      });
    });
  }

  private async mailAgain(email: string): Promise<void> {
    const waiting = await this.confirmations.newestOf(email);
    if (!waiting || !(await this.mayMail(email))) return;
    const times = { expiresAt: waiting.expiresAt, now: Date.now() };
    await this.ledger.commit({ actions: [], entries: [accountMailEntry(waiting.id, times)] });
  }

  private async mayMail(email: string): Promise<boolean> {
    const { anHour, hourMs } = requestedMails;
    return (await this.attempts.count('confirmation', email, this.attempts.now(), hourMs)) <= anHour;
  }

  private async make(account: Account, confirmationId: string, now: Date): Promise<void> {
    const creation = this.accounts.creation(account);
    try {
      await this.ledger.commit({
        actions: [this.confirmations.use(confirmationId), ...creation],
        entries: [userEntry(account, account.id, now)],
      });
    } catch (error) {
      const isLost =
        error instanceof TransactionCancelled && (error.failedCondition(0) || error.failedCondition(1));
      // Used meanwhile, or another one who waited with this email opened their link first.
      if (isLost) throw invalidToken();
      throw error;
    }
  }
}

function proofOf({ id, email: owner, nonce }: Confirmation): MailedProof {
  return { id, owner, nonce };
}

function invalidToken(): Problem {
  return new Problem(
    400,
    'invalid_confirmation_token',
    'The link is used, expired or invalid. Sign in, or register again.',
  );
}
