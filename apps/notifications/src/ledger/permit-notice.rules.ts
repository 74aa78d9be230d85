import type { CampusTime } from '@registrar/campus';
import { permitDeclined, permitGranted } from '@registrar/contracts-enrollments';
import type { PermitEventData } from '@registrar/contracts-enrollments';
import { categoryOf } from '@registrar/contracts-notifications';
import type { PermitNotificationType } from '@registrar/contracts-notifications';
import type { CloudEvent } from '@registrar/messaging';
import { maxTitleLength } from '../messages/message.ts';
import type { PermitFacts } from '../messages/message.ts';
import { permitTemplates } from '../messages/permit-templates.ts';
import { oneLine } from '../messages/plain-text.rules.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { identityOf, inInbox } from './ledger-entry.ts';

/** Longest note in a message: as long as one may be. */
const maxNoteLength = 500;

const kinds: Readonly<Record<string, PermitNotificationType>> = {
  [permitGranted.type]: 'permitted',
  [permitDeclined.type]: 'permit_declined',
};

/** The type of the notification of a permit event; undefined for any other event. */
export function permitTypeOf(eventType: string): PermitNotificationType | undefined {
  return Object.hasOwn(kinds, eventType) ? kinds[eventType] : undefined;
}

/** The ledger entry that a permit event makes; undefined for an event of another kind. */
export function permitNotice(
  event: CloudEvent<PermitEventData>,
  linkBase: string,
  campusTime: CampusTime,
): LedgerEntry | undefined {
  const kind = permitTypeOf(event.type);
  if (kind === undefined) return undefined;
  const { userId } = event.data;
  const permit = permitFacts(event.data);
  const message = permitTemplates[kind](permit, linkBase, campusTime);
  return {
    ...identityOf(event, userId, kind),
    ...inInbox(message),
    category: categoryOf[kind],
    permit,
  };
}

/** What messages may speak of: bounded, in single lines, whatever the event holds. */
function permitFacts(data: PermitEventData): PermitFacts {
  return {
    courseId: data.courseId,
    code: oneLine(data.courseCode, 20),
    section: oneLine(data.section, 10),
    title: oneLine(data.courseTitle, maxTitleLength),
    expiresAt: data.expiresAt,
    note: oneLine(data.note ?? '', maxNoteLength),
  };
}
