import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { KeyedQueue } from '@registrar/async';
import type { LoginRequest } from '@registrar/contracts-gateway';
import { Problem, overloaded, unauthorized } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { emailDigest } from '../accounts/email-key.rules.ts';
import { addressGroup } from '../../http/address-group.rules.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import type { HashingTurn } from '../passwords/password-hasher.ts';
import type { SessionClient } from '../sessions/session.ts';
import { SessionService } from '../sessions/session.service.ts';
import type { BegunSession } from '../sessions/session.service.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { failuresAt, failuresPerAddress, slowdownMs } from '../attempts/attempt.rules.ts';
import type { FailureCount } from '../attempts/attempt.rules.ts';

/** Attempts on one account from one address that may wait for each other. */
const waitingPerAccount = 20;
/** Attempts that may be slowed at a time, over all accounts. */
const slowedAtOnce = 200;
/** Closed accounts in memory, about 300 bytes each. */
const closedRemembered = 10_000;

/** Where an attempt comes from. */
interface Origin {
  client: SessionClient;
  /** What its failures are counted by: the group of the address, those of known devices apart from others. */
  counted: string;
  /** The session epoch in the token of a known device. */
  epoch: number | undefined;
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
 * most. Devices that signed in to the account since its password last changed are counted apart from strangers, those
 * at one address together, and wait in a queue of their own.
 * Failure: Problem 401 `invalid_credentials`, 403 `account_suspended` for the right password of a suspended account,
 * 429 `too_many_attempts`, 503 `overloaded`.
 */
@Injectable()
export class SignInService {
  private readonly queue = new KeyedQueue({ maxWaiting: waitingPerAccount, whenFull: overloaded });
  private slowed = 0;
  /** Accounts that are closed for an address: nothing opens them before their time, so a flood asks no store. */
  private readonly closed = new LRUCache<string, Closed>({ max: closedRemembered });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A new session for the right password.
   *
   * @param epoch the session epoch in the token of a device that signed in to this account before; undefined for others
   */
  async signIn(request: LoginRequest, client: SessionClient, epoch?: number): Promise<BegunSession> {
    // Only a token of ours takes the second way, so its timing reveals nothing that its holder does not have.
    return (await this.admitted(request, client, epoch)) ?? this.signIn(request, client);
  }

  /** @returns undefined where the token's epoch is over: its holder is a stranger */
  private admitted(
    request: LoginRequest,
    client: SessionClient,
    epoch: number | undefined,
  ): Promise<BegunSession | undefined> {
    const account = emailDigest(request.email);
    const group = addressGroup(client.address);
    const origin: Origin = {
      client,
      counted: epoch === undefined ? group : `device of ${group}`,
      epoch,
      turn: epoch === undefined ? { queue: 'stranger', group } : { queue: 'known', group, account },
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
    const { client, counted, turn } = origin;
    const { address } = client;
    const now = this.attempts.now();
    const closed = this.closed.get(key);
    if (closed && failuresAt(closed.count, now) > 0) this.refuseClosed(closed, address, now);
    const [account, counts] = await Promise.all([
      this.accounts.byEmail(email),
      this.attempts.countsOf(email, counted),
    ]);
    if (origin.epoch !== undefined && origin.epoch !== account?.sessionEpoch) return undefined;
    const actorId = account?.id ?? null;
    if (counts.here && failuresAt(counts.here, now) >= failuresPerAddress) {
      const found = { actorId, count: counts.here };
      this.closed.set(key, found);
      this.refuseClosed(found, address, now);
    }
    await this.slow(slowdownMs(failuresAt(counts.everywhere, now)));
    if (!(await this.hasher.matches(account?.passwordHash, password, turn)) || !account) {
      await this.attempts.recordFailure(email, counted, now);
      this.audit.record('login', 'refused', { actorId, address, detail: 'invalid_credentials' });
      throw unauthorized('The email or the password is wrong.', 'invalid_credentials');
    }
    if (account.status === 'suspended') {
      this.audit.record('login', 'refused', { actorId, address, detail: 'account_suspended' });
      throw accountSuspended();
    }
    if (counts.here) await this.attempts.clearFailures(email, counted);
    const session = await this.sessions.open(account, client);
    await this.ledger.commit({ actions: [session.action] });
    this.audit.record('login', 'succeeded', { actorId, address });
    return { answer: session.answer, epoch: session.epoch };
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
