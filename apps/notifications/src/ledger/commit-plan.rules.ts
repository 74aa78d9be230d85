import type { Preferences } from '@registrar/contracts-notifications';
import { expiryOf } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { InboxState } from './inbox-state.rules.ts';
import { emptyInbox, nextMoment, withRow } from './inbox-state.rules.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { newMail } from './mail-state.rules.ts';
import type { NotificationRow } from './notification-row.ts';

/** What a commit is planned on: inboxes and preferences of its recipients as read, and the time. */
export interface CommitBasis {
  inboxes: ReadonlyMap<string, InboxState>;
  preferences: ReadonlyMap<string, Preferences>;
  nowMs: number;
  /** A mail about something older than this is not sent any more. */
  maxMailAgeMs: number;
  /** How long a row is kept from its event on; without it, for good. */
  keptDays?: number | undefined;
}

/** A commit: rows in the order of their entries, then the inboxes after it. */
export interface CommitPlan {
  rows: NotificationRow[];
  inboxes: InboxState[];
}

/** Plans the rows of `entries` and what becomes of the inboxes they go to. */
export function planCommit(entries: readonly LedgerEntry[], basis: CommitBasis): CommitPlan {
  const changed = new Map<string, InboxState>();
  const rows = entries.map((entry) => {
    if (!entry.inbox) return rowOf(entry, new Date(basis.nowMs).toISOString(), basis);
    const { recipientId } = entry;
    const state = changed.get(recipientId) ?? basis.inboxes.get(recipientId) ?? emptyInbox(recipientId);
    const row = rowOf(entry, nextMoment(state, basis.nowMs), basis);
    changed.set(recipientId, withRow(state, { id: row.id, at: row.created_at }));
    return row;
  });
  const inboxes = [...changed.values()].map((state) => ({ ...state, version: state.version + 1 }));
  return { rows, inboxes };
}

/** The plan as a transaction: a put for each row, which fails where the row is there, then the inboxes. */
export function commitActions(
  plan: CommitPlan,
  tables: { notifications: string; inboxes: string },
): TransactAction[] {
  const puts = plan.rows.map((row) => ({
    Put: {
      TableName: tables.notifications,
      Item: row,
      ConditionExpression: 'attribute_not_exists(id)',
    },
  }));
  return [...puts, ...plan.inboxes.map((state) => inboxAction(state, tables.inboxes))];
}

/**
 * Brings an inbox to `state`, whose version is one above the one it was read at; fails where somebody else
 * changed it since. The mails' own version is left alone.
 */
export function inboxAction(state: InboxState, table: string): TransactAction & { Update: object } {
  return {
    Update: {
      TableName: table,
      Key: { user_id: state.user_id },
      UpdateExpression:
        'SET version = :next, unread = :unread, last_at = :last, recent = :recent, marks = :marks',
      ConditionExpression: state.version === 1 ? 'attribute_not_exists(version)' : 'version = :version',
      ExpressionAttributeValues: {
        ...(state.version > 1 && { ':version': state.version - 1 }),
        ':next': state.version,
        ':unread': state.unread,
        ':last': state.last_at,
        ':recent': state.recent,
        ':marks': state.marks,
      },
    },
  };
}

function rowOf(entry: LedgerEntry, createdAt: string, basis: CommitBasis): NotificationRow {
  const { facts, hold, permit } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    event_id: entry.eventId,
    event_at: entry.eventAtMs,
    recipient_id: entry.recipientId,
    ...(entry.inbox && { user_id: entry.recipientId }),
    created_at: createdAt,
    subject: entry.subject,
    text: entry.text,
    ...(facts && { course_id: facts.courseId, enrollment_id: facts.enrollmentId, facts }),
    ...(hold && { hold }),
    ...(permit && { course_id: permit.courseId, permit }),
    ...(entry.export && { export: entry.export }),
    ...(entry.resetId !== undefined && { reset_id: entry.resetId }),
    ...(entry.accountMailId !== undefined && { account_mail_id: entry.accountMailId }),
    ...(entry.mailExpiresAtMs !== undefined && { mail_expires_at: entry.mailExpiresAtMs }),
    ...(basis.keptDays !== undefined && { expires_at: expiryOf(entry.eventAtMs, basis.keptDays) }),
    ...newMail(entry.id, wantsMail(entry, basis) ? 'queued' : 'suppressed', basis.nowMs),
  };
}

function wantsMail(entry: LedgerEntry, { preferences, nowMs, maxMailAgeMs }: CommitBasis): boolean {
  if (nowMs - entry.eventAtMs > maxMailAgeMs) return false;
  if (entry.category === undefined) return true;
  return preferences.get(entry.recipientId)?.email[entry.category] ?? true;
}
