import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { steadyNow } from '@registrar/service';
import { revocationLifeMs } from './revocation.ts';
import type { Revocation } from './revocation.ts';

const sweepEveryMs = 60_000;

interface UserRevocation {
  minVersion: number;
  exceptSessionId: string | null;
  learntAt: number;
}

/** What of a token decides whether it still works. */
type TokenIdentity = Pick<Identity, 'id' | 'sessionId' | 'tokenVersion'>;

/**
 * Revoked tokens, in memory: two look-ups a request.
 *
 * Guarantee: applying one revocation twice, or in any order with others, gives the same answers, and none makes a
 * revoked token work again. Each is kept for 21 minutes from when it was learnt here, by the monotonic clock: longer
 * than any access token lives, whatever the clock of its writer said.
 */
@Injectable()
export class Revocations {
  private readonly sessions = new Map<string, number>();
  private readonly users = new Map<string, Map<string, UserRevocation>>();
  private readonly listeners: ((revocation: Revocation) => void)[] = [];
  private sweptAt = -Infinity;

  /** From now on `revocation` holds. */
  apply(revocation: Revocation, now = steadyNow()): void {
    const { sessionId, userId, minVersion, exceptSessionId } = revocation;
    if (sessionId !== null) {
      if (this.sessions.has(sessionId)) return;
      this.sessions.set(sessionId, now);
    } else {
      const known = this.users.get(userId) ?? new Map<string, UserRevocation>();
      // By what it says, as an event and the table tell the same one.
      const key = `${minVersion} ${exceptSessionId}`;
      if (known.has(key)) return;
      this.users.set(userId, known.set(key, { minVersion, exceptSessionId, learntAt: now }));
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
  sweep(now = steadyNow()): void {
    if (now - this.sweptAt < sweepEveryMs) return;
    this.sweptAt = now;
    const oldest = now - revocationLifeMs;
    for (const [sessionId, learntAt] of this.sessions) {
      if (learntAt < oldest) this.sessions.delete(sessionId);
    }
    for (const [userId, known] of this.users) {
      for (const [key, { learntAt }] of known) if (learntAt < oldest) known.delete(key);
      if (known.size === 0) this.users.delete(userId);
    }
  }
}
