import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { KeyedQueue } from '@registrar/async';
import type { LoginRequest } from '@registrar/contracts-gateway';
import { Problem, overloaded, unauthorized } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import { AccountRepository } from '../accounts/account.repository.ts';
import { emailDigest } from '../accounts/email-key.rules.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import type { HashingTurn } from '../passwords/password-hasher.ts';
import { ConfirmationService } from '../confirmations/confirmation.service.ts';
import { PasswordResetService } from '../resets/password-reset.service.ts';
import type { SessionClient } from '../sessions/session.ts';
import type { BegunSession } from '../sessions/session.service.ts';
import { UserSessions } from '../sessions/user-sessions.service.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { failuresAt, slowdownMs } from '../attempts/attempt.rules.ts';
import type { FailureCount } from '../attempts/attempt.rules.ts';
import { Guesses } from '../attempts/guesses.ts';
import type { KnownDevice } from './device-token.rules.ts';

/** Attempts on one account from one address that may wait for each other. */
const waitingPerAccount = 20;
/** Attempts that may be slowed at a time, over all accounts. */
const slowedAtOnce = 200;
/** Closed accounts in memory, about 300 bytes each. */
const closedRemembered = 10_000;
/** How long, ms: the count of a right password that is being compared elsewhere may be taken back. */
const closedForMs = 1_000;

/** Where an attempt comes from. */
interface Origin {
  client: SessionClient;
  /** What its failures are counted by: the device where it is known, else the group of the address. */
  counted: string;
  device: KnownDevice | undefined;
  turn: HashingTurn;
}

/** An account that is closed for an address. */
interface Closed {
  /** Whose it is; null where there is no such account. */
  actorId: string | null;
  count: FailureCount;
}

/**
 * Signs users in by email and password.
 *
 * Guarantee: the same work is done whether or not the account exists. Ten failures within 15 minutes close an
 * account for the address they came from (IPv6: its /64), and for no other: from others it is slowed at
 * most. Devices that signed in to the account since its password last changed are counted each by itself, and wait in a
 * queue of their own. After 100 failures in a row, wherever they came from, no password alone signs in: the right one has
 * a link mailed. A reset of the password ends all of it.
 * Failure: Problem 401 `invalid_credentials`, 403 `sign_in_link_required`, `email_unconfirmed`, `account_suspended`, 429
 * `too_many_attempts`, 503 `overloaded`.
 */
@Injectable()
export class SignInService {
  private readonly queue = new KeyedQueue({ maxWaiting: waitingPerAccount, whenFull: overloaded });
  private slowed = 0;
  /** Accounts that are closed for an address, so that a flood of attempts asks for no counts. */
  private readonly closed = new LRUCache<string, Closed>({ max: closedRemembered, ttl: closedForMs });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly guesses: Guesses,
    private readonly sessions: UserSessions,
    private readonly confirmations: ConfirmationService,
    private readonly resets: PasswordResetService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A new session for the right password.
   *
   * @param device one that signed in to this account before; undefined for others
   */
  async signIn(request: LoginRequest, client: SessionClient, device?: KnownDevice): Promise<BegunSession> {
    // Only a token of ours takes the second way, so its timing reveals nothing that its holder does not have.
    return (await this.admitted(request, client, device)) ?? this.signIn(request, client);
  }

  /** @returns undefined where the token's epoch is over: its holder is a stranger */
  private admitted(
    request: LoginRequest,
    client: SessionClient,
    device: KnownDevice | undefined,
  ): Promise<BegunSession | undefined> {
    const account = emailDigest(request.email);
    const group = addressGroup(client.address);
    const origin: Origin = {
      client,
      counted: device ? `device ${device.id}` : group,
      device,
      turn: device === undefined ? { queue: 'stranger', group } : { queue: 'known', group, account },
    };
    const key = `${account} ${origin.counted}`;
    // One at a time, or parallel guesses would all pass before the first is counted.
    return this.hasher.within(origin.turn, () =>
      this.queue.enqueue(key, () => this.attempt(request, origin, key)),
    );
  }

  private async attempt(
    { email, password }: LoginRequest,
    origin: Origin,
    key: string,
  ): Promise<BegunSession | undefined> {
    const { client, counted, device, turn } = origin;
    const { address } = client;
    const [account, waiting] = await Promise.all([
      this.accounts.byEmail(email),
      this.confirmations.waitingFor(email),
    ]);
    if (device && device.epoch !== account?.sessionEpoch) return undefined;
    const actorId = account?.id ?? null;
    const epoch = account?.sessionEpoch ?? 0;
    const now = this.attempts.now();
    const closed = this.closed.get(`${key} ${epoch}`);
    if (closed && failuresAt(closed.count, now) > 0) this.refuseClosed(closed, address, now);
    const outcome = await this.guesses.judge({ email, epoch }, counted, async (failures) => {
      await this.slow(slowdownMs(failures));
      return this.hasher.matches(account ? account.passwordHash : waiting?.passwordHash, password, turn);
    });
    if (outcome.kind === 'closed') {
      const found = { actorId, count: outcome.count };
      this.closed.set(`${key} ${epoch}`, found);
      this.refuseClosed(found, address, now);
    }
    if (outcome.kind === 'wrong') {
      this.audit.record('login', 'refused', { actorId, address, detail: 'invalid_credentials' });
      throw unauthorized('The email or the password is wrong.', 'invalid_credentials');
    }
    if (!account) {
      this.audit.record('login', 'refused', { actorId, address, detail: 'email_unconfirmed' });
      throw emailUnconfirmed();
    }
    if (account.status === 'suspended') {
      this.audit.record('login', 'refused', { actorId, address, detail: 'account_suspended' });
      throw accountSuspended();
    }
    if (outcome.isRowTooLong) {
      this.audit.record('login', 'refused', { actorId, address, detail: 'sign_in_link_required' });
      await this.resets.mailSignInLink(account, address);
      throw linkRequired();
    }
    const session = await this.sessions.begin(account, { client });
    this.audit.record('login', 'succeeded', { actorId, address });
    return session;
  }

  private refuseClosed({ actorId, count }: Closed, address: string, now: number): never {
    this.audit.record('login', 'refused', { actorId, address, detail: 'too_many_attempts' });
    throw tooManyAttempts(count, now);
  }

  private async slow(ms: number): Promise<void> {
    if (ms === 0) return;
    if (this.slowed >= slowedAtOnce) throw overloaded();
    this.slowed += 1;
    try {
      await delay(ms);
    } finally {
      this.slowed -= 1;
    }
  }
}

/** 403, for who has shown that the account is theirs. */
function accountSuspended(): Problem {
  return new Problem(403, 'account_suspended', 'This account is suspended. Ask the registrar.');
}

function tooManyAttempts({ windowEndsAt }: FailureCount, now: number): Problem {
  const seconds = Math.max(1, Math.ceil((windowEndsAt - now) / 1_000));
  const detail = 'Too many failed attempts. Wait, or reset the password.';
  return new Problem(429, 'too_many_attempts', detail, { headers: { 'retry-after': String(seconds) } });
}

function emailUnconfirmed(): Problem {
  return new Problem(
    403,
    'email_unconfirmed',
    'This email is not confirmed yet. Open the link in the mail that we sent, or have it sent again.',
  );
}

function linkRequired(): Problem {
  return new Problem(
    403,
    'sign_in_link_required',
    'Too many failed attempts came before this one. We sent you a mail: set a new password by its link, then sign in with that.',
  );
}
