import type { MailStatus, Notification, NotificationType } from '@registrar/contracts-notifications';
import type { CourseFacts, ExportFacts, HoldFacts, PermitFacts } from '../messages/message.ts';
import { paramsOf } from '../messages/params.rules.ts';

/** Kinds of rows about one's own account: mail only, in no inbox, and no preference stops them. */
type AccountKind = 'password_reset' | 'password_changed' | 'account_mail';

const accountKinds: ReadonlySet<RowKind> = new Set<AccountKind>([
  'password_reset',
  'password_changed',
  'account_mail',
]);

/** What a row is about: a course, a hold or a permit, with a place in the inbox and a mail; or one's own account. */
export type RowKind = NotificationType | AccountKind;

/** A row of the ledger, as it is in the table: one notification of one person. */
export interface NotificationRow {
  /** Derived from event, person and template: the same event makes the same row. */
  id: string;
  kind: RowKind;
  event_id: string;
  /** When it happened, milliseconds since the epoch. */
  event_at: number;
  recipient_id: string;
  /** Only where it is in the recipient's inbox: what NotificationsByUser shows. */
  user_id?: string;
  /** Grows strictly within an inbox, in the order of commits: order, cursor and place to resume a stream. */
  created_at: string;
  read_at?: string;
  subject: string;
  text: string;
  /** Only of a notification about a course, as `enrollment_id` and `facts` are. */
  course_id?: string;
  enrollment_id?: string;
  facts?: CourseFacts;
  /** Only of a notification about a hold. */
  hold?: HoldFacts;
  /** Only of a notification about a permit, which has a `course_id` too. */
  permit?: PermitFacts;
  /** Only of a notification about an export of the own data. */
  export?: ExportFacts;
  /** Only of a password reset: its link is fetched by this when the mail is sent, and kept nowhere. */
  reset_id?: string;
  /** Only of a mail that the gateway words when it is sent: by this it is fetched, and it is kept nowhere. */
  account_mail_id?: string;
  /** The mail is of no use from then on, milliseconds since the epoch. */
  mail_expires_at?: number;
  mail_status: MailStatus;
  /** Attempts begun. */
  mail_attempts: number;
  /** Grows with every change of the mail's status; absent before the first. */
  mail_version?: number;
  mail_sent_at?: string;
  /** Why the last attempt failed, in words of ours; without an address. */
  mail_error?: string;
  /** `queued#3` or `failed#3`: what MailByState shows. Absent when nothing is left to do. */
  mail_shard?: string;
  /** When it is to be tried (queued), or was given up (failed), milliseconds since the epoch. A claim moves it. */
  mail_due_at?: number;
  /** Who is sending it now. */
  mail_claim?: string;
  /** TTL, seconds. */
  expires_at?: number;
}

/** A row that is in somebody's inbox. */
export type InboxRow = NotificationRow & { kind: NotificationType; user_id: string };

/** Whether the row is in an inbox. */
export function isInboxRow(row: NotificationRow): row is InboxRow {
  return row.user_id !== undefined && !accountKinds.has(row.kind);
}

/** The row as its owner sees it. `readAt` comes from the whole inbox, as all of it may be marked at once. */
export function notificationOf(row: InboxRow, readAt: string | null): Notification {
  const facts = row.facts ?? row.hold ?? row.permit ?? row.export;
  return {
    id: row.id,
    type: row.kind,
    subject: row.subject,
    text: row.text,
    params: facts ? paramsOf(row.kind, facts) : {},
    courseId: row.course_id ?? null,
    enrollmentId: row.enrollment_id ?? null,
    createdAt: row.created_at,
    readAt,
    email: {
      status: row.mail_status,
      sentAt: row.mail_sent_at ?? null,
      attempts: row.mail_attempts,
    },
  };
}
