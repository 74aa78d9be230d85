import { Injectable, Logger } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { SessionList } from '@registrar/contracts-gateway';
import { retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { Problem, unauthorized } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import { endOfKept, isLive } from './session-life.rules.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';
import type { BegunSession } from './session.service.ts';
import type { CampusSignIn, SessionClient, SessionRecord } from './session.ts';

/** Sessions of one user that can be used; with one more, the oldest ends. */
export const mostSessions = 100;
/** Sessions of one user that are looked at, the newest, those that have ended among them. */
const mostLookedAt = 1_000;
/** Sessions that end at most when one begins. */
const mostEndedAtOnce = 10;

/** How a session begins. */
export interface SessionStart {
  client: SessionClient;
  /** The sign-in by the campus that begins it; undefined where a password does. */
  campus?: CampusSignIn;
}

/**
 * The sessions of a user: at most 100, by their own list and for admins.
 *
 * Guarantee: a session that was ended here is dead on every instance within a second. The list has every session that
 * began more than a few moments ago, as the index says late which there are, and always the caller's own.
 * Failure: Problem 404 `session_not_found`, `user_not_found`.
 */
@Injectable()
export class UserSessions {
  private readonly logger = new Logger(UserSessions.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly service: SessionService,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Begins a session of `account`, as `SessionService.open` makes it.
   *
   * @param commit writes the session, with whatever else belongs to the sign-in
   */
  async begin(
    account: Account,
    { client, campus }: SessionStart,
    commit: (session: TransactAction) => Promise<void> = (session) =>
      this.ledger.commit({ actions: [session] }),
  ): Promise<BegunSession> {
    const { action, answer, epoch, lifeMs } = await this.service.open(account, client, campus);
    await commit(action);
    await this.endOldest(account).catch((error: unknown) => {
      // The next session that begins makes up for it.
      this.logger.warn(
        { err: error, userId: account.id },
        'the oldest sessions of a user could not be ended',
      );
    });
    return { answer, epoch, lifeMs };
  }

  /** The caller's sessions that can be used, newest first. */
  async list({ id, sessionId }: Identity): Promise<SessionList> {
    const account = await this.accounts.byId(id);
    if (!account) throw unauthorized();
    const newest = await this.live(account, sessionId);
    const current = newest.find((session) => session.id === sessionId);
    const items = newest.filter((session) => session !== current).slice(0, mostSessions - 1);
    const shown = [...(current ? [current] : []), ...items].sort(newestFirst);
    return { items: shown.map((session) => itemOf(session, account, sessionId)) };
  }

  /** Ends one of the caller's sessions; one that has ended stays so. */
  async endOne(identity: Identity, id: string, address: string): Promise<void> {
    const session = isSessionId(id) ? await this.sessions.byId(id) : undefined;
    if (session?.userId !== identity.id) throw sessionNotFound();
    if (session.endedAt !== undefined) return;
    await this.service.end({ id: identity.id, sessionId: id }, 'ended');
    this.audit.record('session_ended', 'succeeded', { actorId: identity.id, target: id, address });
  }

  /** Ends every session of a user. */
  async endAll(actor: Identity, userId: string, address: string): Promise<void> {
    await retryOnConflict(async () => {
      const account = await this.accounts.byId(userId);
      if (!account) throw new Problem(404, 'user_not_found', 'There is no user with this id.');
      const tokenVersion = account.tokenVersion + 1;
      const sessionEpoch = account.sessionEpoch + 1;
      const recorded = this.audit.entry('sessions_ended', { actorId: actor.id, target: userId, address });
      await this.ledger.commit({
        actions: [this.accounts.change(account, { tokenVersion, sessionEpoch })],
        entries: [recorded.outbox],
        revocation: tokensBelow(tokenVersion, account, 'ended'),
      });
    });
  }

  private async endOldest(account: Account): Promise<void> {
    const begun = await this.sessions.newestIds(account.id, mostSessions + 1);
    if (begun.length <= mostSessions) return;
    const oldest = (await this.live(account)).slice(mostSessions, mostSessions + mostEndedAtOnce);
    for (const { id } of oldest) await this.service.end({ id: account.id, sessionId: id }, 'ended');
  }

  /** Sessions that can be used, newest first. @param own one that the index may not have yet */
  private async live(account: Account, own?: string): Promise<SessionRecord[]> {
    const ids = new Set(await this.sessions.newestIds(account.id, mostLookedAt));
    if (own !== undefined) ids.add(own);
    const now = this.sessions.now();
    const all = await this.sessions.byIds([...ids]);
    return all
      .filter((session) => session.userId === account.id && isLive(session, account, now))
      .sort(newestFirst);
  }
}

function newestFirst(one: SessionRecord, other: SessionRecord): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
}

function itemOf(session: SessionRecord, account: Account, currentId: string): SessionList['items'][number] {
  const { id, createdAt, rotatedAt, client } = session;
  return {
    id,
    current: id === currentId,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: new Date(rotatedAt).toISOString(),
    expiresAt: new Date(endOfKept(session, account)).toISOString(),
    client: client?.kind ?? 'api',
    userAgent: client?.userAgent ?? null,
    address: client?.address ?? null,
  };
}

function isSessionId(id: string): boolean {
  return /^ses_[a-z2-7]{20}$/.test(id);
}

function sessionNotFound(): Problem {
  return new Problem(404, 'session_not_found', 'You have no session with this id.');
}
