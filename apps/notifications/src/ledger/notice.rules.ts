import type { CampusTime } from '@registrar/campus';
import type { EnrollmentEventData, HoldEventData } from '@registrar/contracts-enrollments';
import type {
  AccountMailEventData,
  ExportEventData,
  PasswordResetEventData,
  SessionEventData,
} from '@registrar/contracts-gateway';
import { categoryOf } from '@registrar/contracts-notifications';
import type { CourseNotificationType, HoldNotificationType } from '@registrar/contracts-notifications';
import type { CloudEvent } from '@registrar/messaging';
import type { LedgerEntry } from './ledger-entry.ts';
import { identityOf, inInbox, mailOnly } from './ledger-entry.ts';
import { courseTemplates, isCourseType } from '../messages/course-templates.ts';
import { exportReady } from '../messages/export-ready.template.ts';
import { holdTemplates, isHoldType } from '../messages/hold-templates.ts';
import { maxOfficeLength } from '../messages/hold-words.rules.ts';
import type { CourseFacts } from '../messages/message.ts';
import { maxTitleLength } from '../messages/message.ts';
import { oneLine } from '../messages/plain-text.rules.ts';

/** How late a mail about a changed password may begin, ms: a group that is new reads the events of a day. */
const changedPasswordNewsMs = 60 * 60_000;

const typePrefix = 'registrar.enrollments.enrollment.';
const holdPrefix = 'registrar.enrollments.hold.';

/**
 * Reasons of `enrolled` where the student has the seat as before: a registrar undid a completion, or other credits were
 * chosen.
 */
const seatAsBefore: ReadonlySet<string | null> = new Set(['completion_undone', 'credits_changed']);

/** The reason of both events of a transfer: `dropped` of the section before, `enrolled` of the one after. */
const transferred = 'transferred';

/**
 * The type of the notification of an enrollment event; undefined for an event without one: completed, nothing new, and
 * what a transfer ended.
 */
export function notificationTypeOf(
  eventType: string,
  reason: string | null = null,
): CourseNotificationType | undefined {
  const change = eventType.startsWith(typePrefix) ? eventType.slice(typePrefix.length) : '';
  const type = change.replaceAll('-', '_');
  if (reason === transferred) return type === 'enrolled' ? 'transferred' : undefined;
  if (type === 'enrolled' && seatAsBefore.has(reason)) return undefined;
  return isCourseType(type) ? type : undefined;
}

/** The type of the notification of a hold event; undefined for any other event. */
export function holdTypeOf(eventType: string): HoldNotificationType | undefined {
  const kind = eventType.startsWith(holdPrefix) ? `hold_${eventType.slice(holdPrefix.length)}` : '';
  return isHoldType(kind) ? kind : undefined;
}

/** The ledger entry that an enrollment event makes, or undefined. */
export function enrollmentNotice(
  event: CloudEvent<EnrollmentEventData>,
  linkBase: string,
): LedgerEntry | undefined {
  const kind = notificationTypeOf(event.type, event.data.reason);
  if (kind === undefined) return undefined;
  const { userId } = event.data.enrollment;
  const facts = courseFacts(event.data);
  const message = courseTemplates[kind](facts, linkBase);
  return {
    ...identityOf(event, userId, kind),
    ...inInbox(message),
    category: categoryOf[kind],
    facts,
  };
}

/**
 * The ledger entry that a hold event makes, whatever the student's preferences; undefined for an event of another kind.
 */
export function holdNotice(
  event: CloudEvent<HoldEventData>,
  linkBase: string,
  campusTime: CampusTime,
): LedgerEntry | undefined {
  const kind = holdTypeOf(event.type);
  if (kind === undefined) return undefined;
  const { userId, office, blocks, occurredAt } = event.data;
  const hold = { office: oneLine(office, maxOfficeLength), blocks, occurredAt };
  const message = holdTemplates[kind](hold, linkBase, campusTime);
  return {
    ...identityOf(event, userId, kind),
    ...inInbox(message),
    hold,
  };
}

/** The ledger entry of an export that is ready, whatever the user's preferences. */
export function exportNotice(
  event: CloudEvent<ExportEventData>,
  linkBase: string,
  campusTime: CampusTime,
): LedgerEntry {
  const { userId, exportId, expiresAt } = event.data;
  const facts = { exportId, expiresAt };
  const message = exportReady(facts, linkBase, campusTime);
  return {
    ...identityOf(event, userId, 'export_ready'),
    ...inInbox(message),
    export: facts,
    mailExpiresAtMs: Date.parse(expiresAt),
  };
}

/** The ledger entry of a password reset: mail only, no preference stops it, of no use once it has expired. */
export function resetNotice(event: CloudEvent<PasswordResetEventData>): LedgerEntry {
  const { resetId, userId, expiresAt } = event.data;
  return {
    ...identityOf(event, userId, 'password_reset'),
    ...mailOnly('Reset your password'),
    resetId,
    mailExpiresAtMs: Date.parse(expiresAt),
  };
}

/**
 * The ledger entry of a mail about an account, or about one that is not confirmed yet: as that of a reset. What it says
 * and to whom is known to the gateway alone.
 */
export function accountMailNotice(event: CloudEvent<AccountMailEventData>): LedgerEntry {
  const { mailId, expiresAt } = event.data;
  return {
    ...identityOf(event, mailId, 'account_mail'),
    ...mailOnly('Your account'),
    accountMailId: mailId,
    mailExpiresAtMs: Date.parse(expiresAt),
  };
}

/**
 * The ledger entry of ended sessions: where the password was changed or reset its owner is notified by mail, whatever
 * their preferences; undefined for all other ends, and for one of more than an hour ago. @param now the store's time
 */
export function passwordChangedNotice(
  event: CloudEvent<SessionEventData>,
  now: number,
): LedgerEntry | undefined {
  const { userId, reason } = event.data;
  if (reason !== 'password' || now - Date.parse(event.time) > changedPasswordNewsMs) return undefined;
  return {
    ...identityOf(event, userId, 'password_changed'),
    ...mailOnly('Your password was changed'),
  };
}

/** What messages may speak of: bounded, in single lines, whatever the event holds. */
function courseFacts({ enrollment, course, reason, actorId, actorRole }: EnrollmentEventData): CourseFacts {
  const byRegistrar = actorId !== enrollment.userId && (actorRole === 'registrar' || actorRole === 'admin');
  return {
    courseId: enrollment.courseId,
    enrollmentId: enrollment.id,
    code: oneLine(enrollment.courseCode, 20),
    section: oneLine(course.section, 10),
    title: oneLine(enrollment.courseTitle, maxTitleLength),
    meetings: course.meetings.slice(0, 10).map(({ day, start, end, room, startsOn, endsOn }) => ({
      day: oneLine(day, 10),
      start: oneLine(start, 10),
      end: oneLine(end, 10),
      room: oneLine(room, 100),
      ...(startsOn !== undefined && { startsOn: oneLine(startsOn, 10) }),
      ...(endsOn !== undefined && { endsOn: oneLine(endsOn, 10) }),
    })),
    waitlistPosition: enrollment.waitlistPosition,
    reason: reason === null ? null : oneLine(reason, 50),
    byRegistrar,
  };
}
