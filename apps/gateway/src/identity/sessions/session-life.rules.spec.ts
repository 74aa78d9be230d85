import type { Role } from '@registrar/auth';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../testing/users.ts';
import { accessSeconds, endOf, endOfKept, isLive } from './session-life.rules.ts';
import type { CampusSignIn, SessionRecord } from './session.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const begun = Date.parse('2027-03-01T08:00:00.000Z');

function campusOf(maxLifeMs: number): CampusSignIn {
  return { provider: 'campus', providerSession: null, subject: 's', idToken: null, maxLifeMs };
}

function record(fields: Partial<SessionRecord>): SessionRecord {
  const times = { createdAt: begun, rotatedAt: begun, validUntil: begun + 30 * day };
  return { id: 'ses_a', userId: 'usr_a', epoch: 1, ...times, ...fields } as SessionRecord;
}

describe('a session ends', () => {
  it.each<[string, Role[], number | undefined, number, number]>([
    // roles, most life by the campus, used after, ends after (both from its beginning)
    ['30 days after it began', ['student'], undefined, 0, 30 * day],
    ['30 days after its last use', ['student'], undefined, 20 * day, 50 * day],
    ['90 days after it began, however it is used', ['student'], undefined, 89 * day, 90 * day],
    ['a day after a sign-in by the campus', ['student'], 24 * hour, 23 * hour, 24 * hour],
    ['no later than by a password, where the campus allows more', ['student'], 365 * day, 89 * day, 90 * day],
    ['30 minutes after the last use of an instructor', ['instructor'], undefined, 5 * hour, 5.5 * hour],
    ['30 minutes after the last use of a registrar', ['student', 'registrar'], undefined, 0, 30 * minute],
    ['12 hours after it began for an admin', ['admin'], undefined, 12 * hour - minute, 12 * hour],
    ['by the shorter of both for staff of the campus', ['instructor'], 8 * hour, 8 * hour - minute, 8 * hour],
    ['by the rules of staff where the campus allows more', ['admin'], 24 * hour, 12 * hour - 1, 12 * hour],
  ])('%s', (_, roles, maxLifeMs, usedAfter, endsAfter) => {
    const campus = maxLifeMs === undefined ? undefined : campusOf(maxLifeMs);
    const times = { createdAt: begun, rotatedAt: begun + usedAfter, campus };
    expect(endOf(times, accountOf({ roles })) - begun).toBe(endsAfter);
  });

  it('as the roles are now, those that the campus gives among them', () => {
    const session = record({ rotatedAt: begun + day, validUntil: begun + 31 * day });
    const student = accountOf();
    expect(endOfKept(session, student)).toBe(begun + 31 * day);
    expect(endOfKept(session, { ...student, campusRoles: { campus: ['instructor'] } })).toBe(
      begun + 12 * hour,
    );
    // Of staff no more, it still ends when it was said to at its last use.
    expect(endOfKept({ ...session, validUntil: begun + day + 30 * minute }, student)).toBe(
      begun + day + 30 * minute,
    );
  });

  it('for good: no use of it moves its end beyond what its beginning allows', () => {
    const roles = fc.constantFrom<Role[]>(['student'], ['instructor'], ['student', 'admin']);
    const uses = fc.array(fc.nat(40 * day), { maxLength: 50 });
    const limit = fc.option(fc.integer({ min: 1, max: 200 * day }), { nil: undefined });
    fc.assert(
      fc.property(roles, uses, limit, (of, pauses, maxLifeMs) => {
        const campus = maxLifeMs === undefined ? undefined : campusOf(maxLifeMs);
        const account = accountOf({ roles: of });
        let session = record({ campus });
        session.validUntil = endOf(session, account);
        for (const pause of pauses) {
          const now = session.rotatedAt + pause;
          if (!isLive(session, account, now)) break;
          session = { ...session, rotatedAt: now };
          session.validUntil = endOf(session, account);
        }
        const isStaff = of[0] !== 'student' || of.length > 1;
        const longest = Math.min(isStaff ? 12 * hour : 90 * day, maxLifeMs ?? Infinity);
        expect(session.validUntil).toBeLessThanOrEqual(begun + longest);
        expect(session.validUntil - session.rotatedAt).toBeLessThanOrEqual(isStaff ? 30 * minute : 30 * day);
        const tokenEnd = session.rotatedAt + accessSeconds(session) * 1_000;
        expect(tokenEnd).toBeLessThanOrEqual(Math.max(session.validUntil, session.rotatedAt + 1_000));
      }),
    );
  });
});

describe('a session can be used', () => {
  const account = accountOf();

  it('until it ends, and not at its end', () => {
    const session = record({});
    expect(isLive(session, account, session.validUntil - 1)).toBe(true);
    expect(isLive(session, account, session.validUntil)).toBe(false);
  });

  it('not where it was ended, or the password has changed since', () => {
    expect(isLive(record({ endedAt: begun }), account, begun)).toBe(false);
    expect(isLive(record({}), { ...account, sessionEpoch: 2 }, begun)).toBe(false);
  });
});

describe('an access token', () => {
  it.each([
    [30 * day, 900],
    [30 * minute, 900],
    [5 * minute, 300],
    [1_999, 1],
    [0, 1],
  ])('of a session with %i ms left lives %i seconds', (left, seconds) => {
    expect(accessSeconds({ rotatedAt: begun, validUntil: begun + left })).toBe(seconds);
  });
});
