import { permitDeclined, permitGranted, permitTopic } from '@registrar/contracts-enrollments';
import type { PermitEventData } from '@registrar/contracts-enrollments';
import type { Tables, TransactAction } from '@registrar/dynamodb';
import { makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { withPermitGranted, withoutPermit } from '../enrollment/student-record/permits.rules.ts';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { permitsTable } from '../enrollment/student-record/permit-use.ts';
import { permitItem } from './permit.codec.ts';
import type { StoredPermit } from './permit.codec.ts';
import { noneOpenCheck, settleActions } from './permit-request.codec.ts';
import type { StoredRequest } from './permit-request.codec.ts';

/** A change: the record, what is written with it, and what is published. */
interface PermitChange {
  record: StudentRecord;
  /** The last of them is about the open request of the student in the course: it fails where that has changed. */
  actions: TransactAction[];
  outbox: OutboxEntry;
}

/** A permit that is being granted. */
export type NewPermit = Pick<StoredPermit, 'allows' | 'expiresAt' | 'note' | 'grantedBy' | 'grantedAt'>;

/** The course that a permit is for, as messages name it. */
type PermitCourse = Pick<Offering, 'courseId' | 'code' | 'title' | 'section'>;

/** Grants a permit, and settles the open request that asked for it. */
export function grantPermit(
  tables: Tables,
  record: StudentRecord,
  course: PermitCourse,
  granted: NewPermit & { openRequestId: string | undefined; keptUntil: number | undefined },
): PermitChange & { permit: StoredPermit } {
  const { openRequestId, keptUntil, ...fresh } = granted;
  const { userId } = record;
  const permit = { id: newId('pmt'), courseId: course.courseId, userId, ...fresh };
  const { id, courseId, allows, expiresAt, grantedAt, grantedBy } = permit;
  const active = { id, courseId, allows, expiresAt, grantedAt, usedAt: null };
  const outbox = outboxOf(record, {
    change: 'granted',
    course,
    data: { permitId: id, userId, expiresAt, actorId: grantedBy, occurredAt: grantedAt },
  });
  const settled = { status: 'granted', at: grantedAt, by: grantedBy } as const;
  const ofRequest =
    openRequestId === undefined
      ? [noneOpenCheck(tables, permit)]
      : settleActions(tables, { id: openRequestId, courseId, userId }, settled);
  const item = { ...permitItem(permit), ...(keptUntil !== undefined && { kept_until: keptUntil }) };
  const put = { Put: { TableName: tables.name(permitsTable), Item: item } };
  return {
    record: withPermitGranted(record, active),
    actions: [put, outboxAction(tables, outbox), ...ofRequest],
    outbox,
    permit: { ...permit, usedAt: null, revokedAt: null },
  };
}

/**
 * Revokes a permit: it is out of the record of its student, where it still is, in the transaction that marks it. One
 * that was revoked already keeps what it says.
 */
export function revokePermit(
  tables: Tables,
  record: StudentRecord,
  { id }: Pick<StoredPermit, 'id'>,
  { revokedAt, revokedBy }: { revokedAt: string; revokedBy: string },
): { record: StudentRecord | undefined; actions: TransactAction[] } {
  const mark = {
    Update: {
      TableName: tables.name(permitsTable),
      Key: { id },
      UpdateExpression:
        'SET revoked_at = if_not_exists(revoked_at, :at), revoked_by = if_not_exists(revoked_by, :by)',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: { ':at': revokedAt, ':by': revokedBy },
    },
  };
  const isActive = record.permits.some((each) => each.id === id);
  return { record: isActive ? withoutPermit(record, id) : undefined, actions: [mark] };
}

/** Declines an open request. The record is written, too: its revision orders what the student is told. */
export function declineRequest(
  tables: Tables,
  record: StudentRecord,
  course: PermitCourse,
  declined: { request: StoredRequest; reason: string; declinedBy: string; declinedAt: string },
): PermitChange {
  const { request, reason, declinedBy, declinedAt } = declined;
  const outbox = outboxOf(record, {
    change: 'declined',
    course,
    data: {
      permitId: request.id,
      userId: record.userId,
      expiresAt: null,
      actorId: declinedBy,
      occurredAt: declinedAt,
    },
  });
  const settled = { status: 'declined', at: declinedAt, by: declinedBy, reason } as const;
  const actions = [outboxAction(tables, outbox), ...settleActions(tables, request, settled)];
  return { record, actions, outbox };
}

/** What is published of one change. */
interface PermitNews {
  change: 'granted' | 'declined';
  course: PermitCourse;
  data: Omit<PermitEventData, 'courseId' | 'courseCode' | 'courseTitle' | 'section'>;
}

/** A change of the record publishes one event: its revision numbers them. */
function outboxOf({ userId, revision }: StudentRecord, { change, course, data }: PermitNews): OutboxEntry {
  const { courseId, code: courseCode, title: courseTitle, section } = course;
  const event = makeEvent(change === 'granted' ? permitGranted : permitDeclined, {
    id: newId('evt'),
    subject: data.permitId,
    time: new Date(data.occurredAt),
    data: { ...data, courseId, courseCode, courseTitle, section },
  });
  const sequence = revision + 1;
  return outboxEntry({ topic: permitTopic.name, key: userId, sequence, events: [event], now: Date.now() });
}
