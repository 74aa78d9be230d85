import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { Session } from '@registrar/contracts-gateway';
import { ConditionFailed, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { newId, unauthorized } from '@registrar/service';
import type { Problem } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { userOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { Revocation } from '../revocations/revocation.ts';
import { AccessTokens } from './access-tokens.ts';
import {
  hashOf,
  isOfFamily,
  makeRefreshToken,
  openPair,
  parseRefreshToken,
  retryGraceMs,
  sealPair,
} from './refresh-token.rules.ts';
import type { RefreshToken } from './refresh-token.rules.ts';
import { accessSeconds, endOf, isLive } from './session-life.rules.ts';
import { SessionRepository } from './session.repository.ts';
import type { CampusSignIn, SessionClient, SessionRecord } from './session.ts';

interface Pair {
  accessToken: string;
  refreshToken: string;
}

/** A session that goes on: what answers, and how long it lives if it is not used again, ms. */
export interface LivingSession {
  answer: Session;
  lifeMs: number;
}

/** A session that has begun, with the epoch of its account. */
export interface BegunSession extends LivingSession {
  epoch: number;
}

/** A refresh token with the session that made it. */
interface FoundSession {
  token: RefreshToken;
  session: SessionRecord;
}

/** A session that is made but not kept yet, with the action that keeps it. */
interface OpenedSession extends BegunSession {
  id: string;
  action: TransactAction;
}

/**
 * Begins, continues and ends sessions.
 *
 * Guarantee: a session ends when the rules of `session-life.rules` say so, and its tokens with it. A refresh token works once; asked for again within 10 s it gets the very same new pair, on any
 * instance; used later it ends its whole family. All times are the store's, which each instance has to a second.
 * Nothing that is kept lets its reader sign in.
 * Failure: Problem 401 `invalid_refresh_token` or `refresh_token_reused`.
 */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly tokens: AccessTokens,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Makes a session of `account`; it begins when its action is committed.
   *
   * @param campus the sign-in by the campus that begins it; undefined where a password does
   */
  async open(account: Account, client: SessionClient, campus?: CampusSignIn): Promise<OpenedSession> {
    const now = this.sessions.now();
    const id = newId('ses');
    const familyKey = randomBytes(32).toString('base64url');
    const refresh = makeRefreshToken(id, 1, familyKey);
    const times = { createdAt: now, rotatedAt: now, campus };
    const record: SessionRecord = {
      id,
      userId: account.id,
      epoch: account.sessionEpoch,
      familyKey,
      number: 1,
      currentHash: hashOf(refresh),
      previousHash: undefined,
      retryBox: undefined,
      endedAt: undefined,
      ...times,
      validUntil: endOf(times, account),
      client,
      passwordAt: campus ? undefined : now,
    };
    const accessToken = await this.tokens.make(account, id, accessSeconds(record));
    const living = livingOf(record, account, { accessToken, refreshToken: refresh.text }, now);
    return { ...living, id, epoch: record.epoch, action: this.sessions.creation(record) };
  }

  /**
   * The next pair of tokens of a session.
   *
   * @param address of the client
   * @param now the store's time
   */
  async refresh(text: string, address: string, now = this.sessions.now()): Promise<LivingSession> {
    const found = await this.sessionOf(text);
    if (!found) throw invalidToken();
    const { token, session } = found;
    const account = await this.accounts.byId(session.userId);
    const living = account && isLive(session, account, now) ? account : undefined;
    if (token.number !== session.number) {
      if (living && isRetry(found, now)) return this.answerRetry(found, living, now);
      if (living) await this.endReused(session, address);
      throw reusedToken();
    }
    if (!living || hashOf(token) !== session.currentHash) throw invalidToken();
    try {
      return await this.rotate(found, living, now);
    } catch (error) {
      // A concurrent duplicate was first: its pair is the answer, unless the session has ended since.
      if (error instanceof ConditionFailed) return this.refresh(text, address);
      throw error;
    }
  }

  /** Ends a session; its tokens stop working on every instance within a second. */
  async end(
    identity: Pick<Identity, 'id' | 'sessionId'>,
    reason: 'logout' | 'reuse' | 'ended',
  ): Promise<void> {
    const ending = this.sessions.ending(identity.sessionId, this.sessions.now());
    const revocation: Omit<Revocation, 'at'> = {
      id: newId('rev'),
      userId: identity.id,
      sessionId: identity.sessionId,
      minVersion: 0,
      exceptSessionId: null,
      reason,
    };
    let isKept = true;
    await retryOnConflict(async () => {
      const account = await this.accounts.byId(identity.id);
      if (!account) throw unauthorized();
      try {
        await this.ledger.commit({
          actions: [...(isKept ? [ending] : []), this.accounts.nextEvent(account)],
          revocation: { ...revocation, sequence: account.eventSequence + 1 },
        });
      } catch (error) {
        // The session's record is gone, its time over: only the access token has to be ended then.
        isKept &&= !(error instanceof TransactionCancelled && error.failedCondition(0));
        throw error;
      }
    });
  }

  /**
   * Ends the session that made this refresh token, its current one or an earlier one.
   *
   * @returns the session that was; undefined where no session made it, or its session had ended
   */
  async endByToken(text: string): Promise<Pick<SessionRecord, 'userId' | 'campus'> | undefined> {
    const session = (await this.sessionOf(text))?.session;
    if (!session || session.endedAt !== undefined) return undefined;
    await this.end({ id: session.userId, sessionId: session.id }, 'logout');
    return session;
  }

  /** The token of `text` with the session that made it; undefined where none did. */
  private async sessionOf(text: string): Promise<FoundSession | undefined> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.byId(token.sessionId));
    return token && session && isOfFamily(token, session.familyKey) ? { token, session } : undefined;
  }

  /** @throws ConditionFailed where the token was used meanwhile, or the session has ended */
  private async rotate({ token, session }: FoundSession, account: Account, now: number) {
    const number = session.number + 1;
    const refresh = makeRefreshToken(session.id, number, session.familyKey);
    const used: SessionRecord = { ...session, rotatedAt: now };
    used.validUntil = endOf(used, account);
    const accessToken = await this.tokens.make(account, session.id, accessSeconds(used));
    const pair: Pair = { accessToken, refreshToken: refresh.text };
    const previousHash = hashOf(token);
    const next = {
      ...used,
      number,
      currentHash: hashOf(refresh),
      previousHash,
      retryBox: sealPair(token, pair),
    };
    await this.sessions.rotate(session, next);
    return livingOf(next, account, pair, now);
  }

  private answerRetry({ token, session }: FoundSession, account: Account, now: number): LivingSession {
    return livingOf(session, account, openPair<Pair>(token, session.retryBox ?? ''), now);
  }

  /** Somebody else has a token of this session: it ends. */
  private async endReused({ id, userId }: SessionRecord, address: string): Promise<void> {
    await this.end({ id: userId, sessionId: id }, 'reuse');
    const detail = 'refresh_token_reused';
    this.audit.record('refresh_reused', 'refused', { actorId: userId, address, detail });
  }
}

/** Whether the token before the good one comes back so soon that its answer may have been lost. */
function isRetry({ token, session }: FoundSession, now: number): boolean {
  const { previousHash, rotatedAt, retryBox } = session;
  return previousHash === hashOf(token) && now - rotatedAt <= retryGraceMs && retryBox !== undefined;
}

function livingOf(session: SessionRecord, account: Account, pair: Pair, now: number): LivingSession {
  const user = userOf(account);
  const answer: Session = { user, ...pair, tokenType: 'Bearer', expiresIn: accessSeconds(session) };
  return { answer, lifeMs: session.validUntil - now };
}

function reusedToken(): Problem {
  return unauthorized(
    'The refresh token was used before, so the session has ended. Sign in again.',
    'refresh_token_reused',
  );
}

/** 401 for what is no refresh token that is good now. */
export function invalidToken(): Problem {
  return unauthorized('The refresh token is invalid or expired. Sign in again.', 'invalid_refresh_token');
}
