import type { AuditEventData, AuditRecord } from '@registrar/contracts-gateway';
import { rowCodec, shardOf } from '@registrar/dynamodb';

/** A record as it is kept. */
export interface StoredAudit extends AuditRecord, Pick<AuditEventData, 'outcome'> {
  /** Id of its event. */
  readonly id: string;
  readonly address: string | undefined;
}

const row = rowCodec<StoredAudit>()({
  id: 'id',
  at: 'at',
  actorId: 'actor_id',
  clientId: 'client_id',
  subjectId: 'subject_id',
  action: 'action',
  resource: 'resource',
  before: 'before',
  after: 'after',
  traceId: 'trace_id',
  outcome: 'outcome',
  address: 'address',
});

/** An item of the `audit` table. Actor and subject are keys of indexes, and left out where there is none. */
export type AuditItem = Omit<ReturnType<typeof row.toItem>, 'actor_id' | 'subject_id'> & {
  shard: string;
  at_id: string;
  action_shard: string;
  /** TTL, seconds. */
  expires_at: number;
  actor_id?: string;
  subject_id?: string;
};

/** Where a record stands in the order of time: the same for each copy of its event. */
export function positionOf({ at, id }: Pick<StoredAudit, 'at' | 'id'>): string {
  return `${at}#${id}`;
}

/** The partition of one action in the index by action. */
export function actionShardOf(action: string, shard: string): string {
  return `${action}#${shard}`;
}

/** A record as the table keeps it, for `days`. */
export function itemOf(record: StoredAudit, days: number): AuditItem {
  const { actor_id, subject_id, ...rest } = row.toItem(record);
  const shard = shardOf(record.id);
  return {
    ...rest,
    ...(actor_id !== null && { actor_id }),
    ...(subject_id !== null && { subject_id }),
    shard,
    at_id: positionOf(record),
    action_shard: actionShardOf(record.action, shard),
    expires_at: Math.ceil(Date.parse(record.at) / 1_000) + days * 86_400,
  };
}

/** An item as admins read it. */
export function recordOf(item: AuditItem): AuditRecord {
  const { actor_id = null, subject_id = null } = item as Partial<ReturnType<typeof row.toItem>>;
  const { at, actorId, clientId, subjectId, action, resource, before, after, traceId } = row.fromItem({
    ...item,
    actor_id,
    subject_id,
  });
  return { at, actorId, clientId, subjectId, action, resource, before, after, traceId };
}
