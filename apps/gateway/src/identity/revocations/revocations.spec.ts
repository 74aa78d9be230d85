import { describe, expect, it } from 'vitest';
import { minuteOf, revocationLifeMs } from './revocation.ts';
import type { Revocation } from './revocation.ts';
import { Revocations } from './revocations.ts';

function revocation(change: Partial<Revocation>): Revocation {
  return {
    id: 'rev_1',
    userId: 'usr_1',
    sessionId: null,
    minVersion: 0,
    exceptSessionId: null,
    reason: 'logout',
    at: 1_000,
    ...change,
  };
}

const token = { id: 'usr_1', sessionId: 'ses_1', tokenVersion: 1 };

describe('revocations', () => {
  it('end one session', () => {
    const known = new Revocations();
    known.apply(revocation({ sessionId: 'ses_1' }));
    expect(known.has(token)).toBe(true);
    expect(known.has({ ...token, sessionId: 'ses_2' })).toBe(false);
  });

  it('end older tokens of a user, but for the session that goes on', () => {
    const known = new Revocations();
    known.apply(revocation({ minVersion: 2, exceptSessionId: 'ses_2' }));
    expect(known.has(token)).toBe(true);
    expect(known.has({ ...token, sessionId: 'ses_2' })).toBe(false);
    expect(known.has({ ...token, tokenVersion: 2 })).toBe(false);
    expect(known.has({ ...token, id: 'usr_2' })).toBe(false);
    known.apply(revocation({ id: 'rev_2', minVersion: 3 }));
    expect(known.has({ ...token, sessionId: 'ses_2' })).toBe(true);
  });

  it('are the same in any order and any number, and told to listeners once', () => {
    const known = new Revocations();
    const received: string[] = [];
    known.onRevoked(({ id }) => received.push(id));
    const two = [revocation({ id: 'a', minVersion: 3 }), revocation({ id: 'b', minVersion: 2 })];
    for (const each of [...two, ...two.toReversed()]) known.apply(each);
    expect(received).toEqual(['a', 'b']);
    expect(known.has({ ...token, tokenVersion: 2 })).toBe(true);
  });

  it('are forgotten when no token can be hit by them', () => {
    const known = new Revocations();
    known.apply(revocation({ sessionId: 'ses_1' }), 1_000);
    known.apply(revocation({ minVersion: 2 }), 1_000);
    known.sweep(1_000 + revocationLifeMs);
    expect(known.has(token)).toBe(true);
    known.sweep(1_001 + revocationLifeMs + 60_000);
    expect(known.has(token)).toBe(false);
  });

  it.each([-600_000, 600_000])('are kept as long where their writer had a clock off by %i ms', (skewMs) => {
    const known = new Revocations();
    const now = 1_000_000_000;
    known.apply(revocation({ sessionId: 'ses_1', at: now + skewMs }), now);
    known.sweep(now + revocationLifeMs);
    expect(known.has(token)).toBe(true);
    known.sweep(now + revocationLifeMs + 60_000);
    expect(known.has(token)).toBe(false);
  });

  it('lie in the partition of their minute', () => {
    expect(minuteOf(Date.parse('2026-09-01T08:30:59.999Z'))).toBe('2026-09-01T08:30');
  });
});
