import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { revocationLifeMs } from './revocation.ts';
import type { Revocation } from './revocation.ts';

const sweepEveryMs = 60_000;

/** What of a token decides whether it still works. */
export type TokenIdentity = Pick<Identity, 'id' | 'sessionId' | 'tokenVersion'>;

/**
 * Which tokens are dead, in memory: two look-ups a request.
 *
 * Guarantee: applying one revocation twice, or in any order with others, gives the same answers. It knows what
 * it was told within the last 16 minutes, which is longer than any access token lives.
 */
@Injectable()
export class Revocations {
  private readonly sessions = new Map<string, number>();
  private readonly users = new Map<string, Map<string, Revocation>>();
  private readonly listeners: ((revocation: Revocation) => void)[] = [];
  private sweptAt = 0;

  /** From now on `revocation` holds. */
  apply(revocation: Revocation): void {
    const { sessionId, userId, id, at } = revocation;
    if (sessionId !== null) {
      if (this.sessions.has(sessionId)) return;
      this.sessions.set(sessionId, at);
    } else {
      const known = this.users.get(userId) ?? new Map<string, Revocation>();
      if (known.has(id)) return;
      this.users.set(userId, known.set(id, revocation));
    }
    for (const listener of this.listeners) listener(revocation);
  }

  /** Whether a token that carries `identity` was revoked. */
  has({ id, sessionId, tokenVersion }: TokenIdentity): boolean {
    if (this.sessions.has(sessionId)) return true;
    const ofUser = this.users.get(id);
    if (ofUser === undefined) return false;
    for (const { minVersion, exceptSessionId } of ofUser.values()) {
      if (tokenVersion < minVersion && sessionId !== exceptSessionId) return true;
    }
    return false;
  }

  /** Calls back at each revocation that is new here. */
  onRevoked(listener: (revocation: Revocation) => void): void {
    this.listeners.push(listener);
  }

  /** Forgets what no living token can be hit by; looks once a minute at most. */
  sweep(now: number): void {
    if (now - this.sweptAt < sweepEveryMs) return;
    this.sweptAt = now;
    const oldest = now - revocationLifeMs;
    for (const [sessionId, at] of this.sessions) if (at < oldest) this.sessions.delete(sessionId);
    for (const [userId, known] of this.users) {
      for (const [id, { at }] of known) if (at < oldest) known.delete(id);
      if (known.size === 0) this.users.delete(userId);
    }
  }
}
