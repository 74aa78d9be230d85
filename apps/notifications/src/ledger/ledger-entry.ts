import { createHash } from 'node:crypto';
import type { MailCategory } from '@registrar/contracts-notifications';
import type { CloudEvent } from '@registrar/messaging';
import { inboxText, subjectOf } from '../messages/layout.ts';
import type { CourseFacts, ExportFacts, HoldFacts, Message, PermitFacts } from '../messages/message.ts';
import type { RowKind } from './notification-row.ts';

/** A notification before it is in the ledger. */
export interface LedgerEntry {
  id: string;
  kind: RowKind;
  eventId: string;
  /** When it happened, milliseconds since the epoch. */
  eventAtMs: number;
  recipientId: string;
  /** Whether it is shown in the inbox; else it is mail only. */
  inbox: boolean;
  /** The preference that may suppress the mail; undefined where nothing may. */
  category?: MailCategory;
  subject: string;
  text: string;
  /** Only of one about a course. */
  facts?: CourseFacts;
  /** Only of one about a hold. */
  hold?: HoldFacts;
  /** Only of one about a permit. */
  permit?: PermitFacts;
  /** Only of one about an export. */
  export?: ExportFacts;
  resetId?: string;
  accountMailId?: string;
  /** The mail is of no use from then on, milliseconds since the epoch. */
  mailExpiresAtMs?: number;
}

/** What identifies the entry that an event makes for a person. */
export function identityOf(
  event: Pick<CloudEvent<unknown>, 'id' | 'time'>,
  recipientId: string,
  kind: RowKind,
) {
  const eventAtMs = Date.parse(event.time);
  return { id: ledgerId(event.id, recipientId, kind), kind, eventId: event.id, eventAtMs, recipientId };
}

/** An entry of the inbox shows a message; its mail says more. */
export function inInbox(message: Message) {
  return { inbox: true, subject: subjectOf(message), text: inboxText(message) };
}

/** An entry of no inbox: what the mail says is decided when it is sent. */
export function mailOnly(subject: string) {
  return { inbox: false, subject, text: '' };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The id of the row that an event makes for a person by a template: `ntf_` and 20 characters of base32, derived
 * from the three, so that a redelivered event finds its own row.
 */
export function ledgerId(eventId: string, personId: string, template: RowKind): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([eventId, personId, template]))
    .digest();
  let id = 'ntf_';
  for (const byte of hash.subarray(0, 20)) id += alphabet[byte & 31];
  return id;
}
