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
import type { Revocation } from '../revocations/revocation.ts';
import { AccessTokens, accessTokenLifetime } from './access-tokens.ts';
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
import { SessionRepository } from './session.repository.ts';
import { refreshTokenLifeMs } from './session.ts';
import type { CampusSignIn, SessionClient, SessionRecord } from './session.ts';

interface Pair {
  accessToken: string;
  refreshToken: string;
}

/** A session that has begun: what answers, and the epoch of its account. */
export interface BegunSession {
  answer: Session;
  epoch: number;
}

/** A session that is made but not kept yet, with the action that keeps it. */
interface OpenedSession extends BegunSession {
  id: string;
  action: TransactAction;
}

/**
 * Begins, continues and ends sessions.
 *
 * Guarantee: a refresh token works once; asked for again within 10 s it gets the very same new pair, on any
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
    const record: SessionRecord = {
      id,
      userId: account.id,
      epoch: account.sessionEpoch,
      familyKey,
      number: 1,
      currentHash: hashOf(refresh),
      previousHash: undefined,
      rotatedAt: now,
      retryBox: undefined,
      endedAt: undefined,
      createdAt: now,
      validUntil: now + refreshTokenLifeMs,
      client,
      campus,
      passwordAt: campus ? undefined : now,
    };
    const pair = { accessToken: await this.tokens.make(account, id), refreshToken: refresh.text };
    const action = this.sessions.creation(record);
    return { id, answer: answerOf(account, pair), epoch: record.epoch, action };
  }

  /** The next pair of tokens of a session. @param now the store's time */
  async refresh(text: string, now = this.sessions.now()): Promise<Session> {
    const found = await this.sessionOf(text);
    if (!found) throw invalidToken();
    const { token, session } = found;
    const account = await this.accounts.byId(session.userId);
    const over = session.endedAt !== undefined || session.epoch !== account?.sessionEpoch;
    if (token.number !== session.number)
      return this.answerUsed(token, session, over ? undefined : account, now);
    if (over || !account || session.validUntil <= now || hashOf(token) !== session.currentHash)
      throw invalidToken();
    return this.rotate(token, session, account, now);
  }

  /** Ends a session; its tokens stop working on every instance within a second. */
  async end(identity: Pick<Identity, 'id' | 'sessionId'>, reason: 'logout' | 'reuse'): Promise<void> {
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
  private async sessionOf(
    text: string,
  ): Promise<{ token: RefreshToken; session: SessionRecord } | undefined> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.byId(token.sessionId));
    return token && session && isOfFamily(token, session.familyKey) ? { token, session } : undefined;
  }

  private async rotate(
    token: RefreshToken,
    session: SessionRecord,
    account: Account,
    now: number,
  ): Promise<Session> {
    const number = session.number + 1;
    const refresh = makeRefreshToken(session.id, number, session.familyKey);
    const pair = { accessToken: await this.tokens.make(account, session.id), refreshToken: refresh.text };
    const next: SessionRecord = {
      ...session,
      number,
      currentHash: hashOf(refresh),
      previousHash: hashOf(token),
      rotatedAt: now,
      retryBox: sealPair(token, pair),
      validUntil: now + refreshTokenLifeMs,
    };
    try {
      await this.sessions.rotate(session, next);
    } catch (error) {
      // A concurrent duplicate was first: its pair is the answer, unless the session has ended since.
      if (error instanceof ConditionFailed) return this.refresh(token.text);
      throw error;
    }
    return answerOf(account, pair);
  }

  private async answerUsed(
    token: RefreshToken,
    session: SessionRecord,
    account: Account | undefined,
    now: number,
  ): Promise<Session> {
    const retried = session.previousHash === hashOf(token) && now - session.rotatedAt <= retryGraceMs;
    if (retried && account && session.retryBox !== undefined) {
      return answerOf(account, openPair<Pair>(token, session.retryBox));
    }
    if (account) await this.end({ id: session.userId, sessionId: session.id }, 'reuse');
    throw unauthorized(
      'The refresh token was used before, so the session has ended. Sign in again.',
      'refresh_token_reused',
    );
  }
}

function answerOf(account: Account, pair: Pair): Session {
  return { user: userOf(account), ...pair, tokenType: 'Bearer', expiresIn: accessTokenLifetime };
}

/** 401 for what is no refresh token that is good now. */
export function invalidToken(): Problem {
  return unauthorized('The refresh token is invalid or expired. Sign in again.', 'invalid_refresh_token');
}
