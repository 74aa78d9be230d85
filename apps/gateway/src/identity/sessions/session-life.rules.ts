import type { Role } from '@registrar/auth';
import { rolesOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { accessTokenLifetime } from './session.ts';
import type { SessionRecord } from './session.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How long a session lives, ms: from its beginning however it is used, and from its last use. */
interface SessionLife {
  absoluteMs: number;
  idleMs: number;
}

const usualLife: SessionLife = { absoluteMs: 90 * dayMs, idleMs: 30 * dayMs };
/** Of those who can change what others see. */
const staffLife: SessionLife = { absoluteMs: dayMs / 2, idleMs: 30 * minuteMs };
const staffRoles: ReadonlySet<Role> = new Set(['instructor', 'registrar', 'admin']);

/** What of a session says when it ends; times are the store's, ms since the epoch. */
type SessionTimes = Pick<SessionRecord, 'createdAt' | 'rotatedAt' | 'campus'>;

/**
 * When a session ends that nobody uses again: 90 days after it began or 30 days after its last use, for staff 12 hours
 * and 30 minutes, and never later than the campus that it began by allows.
 *
 * @param account whose roles count as they are now
 */
export function endOf(
  { createdAt, rotatedAt, campus }: SessionTimes,
  account: Pick<Account, 'roles' | 'campusRoles'>,
): number {
  const { absoluteMs, idleMs } = rolesOf(account).some((role) => staffRoles.has(role))
    ? staffLife
    : usualLife;
  return Math.min(createdAt + Math.min(absoluteMs, campus?.maxLifeMs ?? Infinity), rotatedAt + idleMs);
}

/**
 * When a kept session ends: as it was said at its last use, or before that where its user has become staff since.
 */
export function endOfKept(
  session: SessionTimes & Pick<SessionRecord, 'validUntil'>,
  account: Pick<Account, 'roles' | 'campusRoles'>,
): number {
  return Math.min(session.validUntil, endOf(session, account));
}

/** Whether a session can be used at `now`: it has not ended, and began after the last change of the password. */
export function isLive(session: SessionRecord, account: Account, now: number): boolean {
  const isOver = session.endedAt !== undefined || session.epoch !== account.sessionEpoch;
  return !isOver && now < endOfKept(session, account);
}

/** Seconds that the access token of a session's last use lives: 15 minutes, and not beyond the session. */
export function accessSeconds({
  rotatedAt,
  validUntil,
}: Pick<SessionRecord, 'rotatedAt' | 'validUntil'>): number {
  return Math.max(1, Math.min(accessTokenLifetime, Math.floor((validUntil - rotatedAt) / 1_000)));
}
