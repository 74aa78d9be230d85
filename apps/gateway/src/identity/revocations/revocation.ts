import type { SessionEventData } from '@registrar/contracts-gateway';
import { rowCodec } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { newId } from '@registrar/service';

/**
 * Tokens that stop working: those of one session, or those of a user that carry a token version below
 * `minVersion`, but for the session that continues.
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

/**
 * A revocation before its commit, which stamps it, and the number of its event: the account's next, which the commit
 * raises.
 */
export type PendingRevocation = Omit<Revocation, 'at'> & { sequence: number };

const revocationRow = rowCodec<Revocation>()({
  id: 'id',
  userId: 'user_id',
  sessionId: 'session_id',
  minVersion: 'min_version',
  exceptSessionId: 'except_session_id',
  reason: 'reason',
  at: 'at',
});

/** An item of the `revocations` table; `expires_at` is its TTL, seconds. */
export type RevocationItem = ReturnType<typeof revocationRow.toItem> & {
  minute: string;
  at_id: string;
  expires_at: number;
};

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

/** The revocation of a user's tokens below a version, but for those of one session. */
export function tokensBelow(
  minVersion: number,
  { id: userId, eventSequence }: { id: string; eventSequence: number },
  reason: Revocation['reason'],
  exceptSessionId: string | null = null,
): PendingRevocation {
  const sequence = eventSequence + 1;
  return { id: newId('rev'), userId, sessionId: null, minVersion, exceptSessionId, reason, sequence };
}

/** The Put that belongs into the transaction of the change. */
export function revocationAction(table: string, revocation: Revocation): TransactAction {
  const item: RevocationItem = {
    ...revocationRow.toItem(revocation),
    minute: minuteOf(revocation.at),
    at_id: `${positionOf(revocation.at)}#${revocation.id}`,
    expires_at: Math.ceil((revocation.at + revocationLifeMs) / 1_000),
  };
  return { Put: { TableName: table, Item: item } };
}

/** An item of the table as a revocation. */
export const revocationOf = (item: RevocationItem): Revocation => revocationRow.fromItem(item);
