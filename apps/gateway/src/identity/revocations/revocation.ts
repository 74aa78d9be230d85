import type { SessionEventData } from '@registrar/contracts-gateway';
import type { TransactAction } from '@registrar/dynamodb';

/**
 * Tokens that stop working: those of one session, or those of a user that carry a token version below
 * `minVersion`, but for the session that goes on.
 */
export interface Revocation {
  id: string;
  userId: string;
  /** The session that ended, or null where all of the user's older tokens did. */
  sessionId: string | null;
  /** Token versions below this are dead; 0 where only a session ended. */
  minVersion: number;
  /** The session whose tokens live on, or null. */
  exceptSessionId: string | null;
  reason: SessionEventData['reason'];
  /** The store's time shortly before the commit, milliseconds since the epoch. */
  at: number;
}

/** An item of the `revocations` table. */
export interface RevocationItem {
  minute: string;
  at_id: string;
  id: string;
  user_id: string;
  session_id: string | null;
  min_version: number;
  except_session_id: string | null;
  reason: Revocation['reason'];
  at: number;
  expires_at: number;
}

/** Clocks, and pauses between the stamp of a revocation and its commit, are allowed for up to this, ms. */
export const maxSkewMs = 5 * 60_000;

/** How long a revocation is of use: an access token lives for 15 minutes, and its issuer's clock may be ahead. */
export const revocationLifeMs = 16 * 60_000 + maxSkewMs;

/** The partition that a moment falls into. */
export function minuteOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

/** Where the entries of a moment begin within their partition. */
export function positionOf(at: number): string {
  return new Date(at).toISOString();
}

/** The Put that belongs into the transaction of the change. */
export function revocationAction(table: string, revocation: Revocation): TransactAction {
  const item: RevocationItem = {
    minute: minuteOf(revocation.at),
    at_id: `${positionOf(revocation.at)}#${revocation.id}`,
    id: revocation.id,
    user_id: revocation.userId,
    session_id: revocation.sessionId,
    min_version: revocation.minVersion,
    except_session_id: revocation.exceptSessionId,
    reason: revocation.reason,
    at: revocation.at,
    expires_at: Math.ceil((revocation.at + revocationLifeMs) / 1_000),
  };
  return { Put: { TableName: table, Item: item } };
}

/** An item of the table as a revocation. */
export function revocationOf(item: RevocationItem): Revocation {
  return {
    id: item.id,
    userId: item.user_id,
    sessionId: item.session_id,
    minVersion: item.min_version,
    exceptSessionId: item.except_session_id,
    reason: item.reason,
    at: item.at,
  };
}
