import { holdPlaced, holdReleased, holdTopic } from '@registrar/contracts-enrollments';
import type { Hold } from '@registrar/contracts-enrollments';
import { expiryOf } from '@registrar/dynamodb';
import type { Tables, TransactAction } from '@registrar/dynamodb';
import { makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { ActiveHold, StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { holdItem, holdsTable } from './hold.codec.ts';
import type { HoldItem } from './hold.codec.ts';

/** Holds that may be in force for one student at a time: more are a mistake, and would bloat the record. */
export const maxHolds = 40;

/** Numbers of events that one change of a record may use. */
const perRevision = 64;

/** A change of holds: the record, and what is written and published with it. */
export interface HoldChange {
  record: StudentRecord;
  actions: TransactAction[];
  outbox: OutboxEntry;
}

/** A hold that is being placed. */
export interface NewHold extends Pick<Hold, 'office' | 'reason' | 'blocks'> {
  placedAt: string;
  placedBy: string;
}

/** Whether two holds are the same by what they say. */
export function isSameHold(
  a: Pick<Hold, 'office' | 'reason' | 'blocks'>,
  b: Pick<Hold, 'office' | 'reason' | 'blocks'>,
): boolean {
  return holdKey(a) === holdKey(b);
}

/** What a hold says, as one text. */
export function holdKey({ office, reason, blocks }: Pick<Hold, 'office' | 'reason' | 'blocks'>): string {
  return JSON.stringify([office, reason, [...blocks].sort()]);
}

/** Places holds on a student. */
export function placeHolds(
  tables: Tables,
  record: StudentRecord,
  placed: readonly NewHold[],
): HoldChange & { holds: Hold[] } {
  const active = placed.map((hold): ActiveHold => ({ id: newId('hld'), ...hold }));
  const holds = active.map((hold): Hold => {
    return { ...hold, userId: record.userId, releasedAt: null, releasedBy: null };
  });
  const outbox = outboxOf(
    record,
    holds.map((hold) => holdEvent('placed', hold, hold.placedBy, hold.placedAt)),
  );
  const actions = [...holds.map((hold) => putAction(tables, hold)), outboxAction(tables, outbox)];
  return { record: { ...record, holds: [...record.holds, ...active] }, actions, outbox, holds };
}

/** Releases a hold in force; it is kept for so many days. */
export function releaseHold(
  tables: Tables,
  record: StudentRecord,
  hold: Hold,
  { releasedAt, releasedBy, keptDays }: { releasedAt: string; releasedBy: string; keptDays: number },
): HoldChange & { hold: Hold } {
  const released = { ...hold, releasedAt, releasedBy };
  const outbox = outboxOf(record, [holdEvent('released', hold, releasedBy, releasedAt)]);
  const expires_at = expiryOf(Date.parse(releasedAt), keptDays);
  const actions = [putAction(tables, released, { expires_at }), outboxAction(tables, outbox)];
  const holds = record.holds.filter(({ id }) => id !== hold.id);
  return { record: { ...record, holds }, actions, outbox, hold: released };
}

/** The record's revision is the condition of all of it. */
function putAction(tables: Tables, hold: Hold, more: Pick<HoldItem, 'expires_at'> = {}): TransactAction {
  return { Put: { TableName: tables.name(holdsTable), Item: { ...holdItem(hold), ...more } } };
}

function outboxOf({ userId, revision }: StudentRecord, events: ReturnType<typeof holdEvent>[]): OutboxEntry {
  const sequence = (revision + 1) * perRevision;
  return outboxEntry({ topic: holdTopic.name, key: userId, sequence, events, now: Date.now() });
}

function holdEvent(change: 'placed' | 'released', hold: Hold, actorId: string, occurredAt: string) {
  return makeEvent(change === 'placed' ? holdPlaced : holdReleased, {
    id: newId('evt'),
    subject: hold.id,
    time: new Date(occurredAt),
    data: {
      holdId: hold.id,
      userId: hold.userId,
      office: hold.office,
      blocks: hold.blocks,
      actorId,
      occurredAt,
    },
  });
}
