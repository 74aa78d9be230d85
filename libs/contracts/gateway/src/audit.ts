import { z } from 'zod';

const timestamp = z.iso.datetime({ precision: 3 });

/** How long a record is on its way at most: the gateway's table is where records are kept. */
const weekMs = 7 * 86_400_000;

/** Who did what, of every service. Keyed by the record's own id: records have no order but their time. */
export const auditTopic = { name: 'registrar.audit.v1', partitions: 6, retention: weekMs } as const;

/** What an action is called: `roles_changed`, `roster_read`. */
const actionName = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);

/** Fields and their values, of those that changed; `"changed"` stands for a personal or a long value. */
const changedFields = z.record(z.string(), z.unknown()).nullable();

const recordFields = {
  at: timestamp,
  /** Who did it, a user or an API client; null for a caller that is not known. */
  actorId: z.string().nullable(),
  /** The API client, where one did it. */
  clientId: z.string().nullable(),
  /** The user whom it is about; null where it is about no single one. */
  subjectId: z.string().nullable(),
  action: z.string(),
  /** What it is about, such as `course:crs_…/roster`. */
  resource: z.string(),
  /** Null where there was nothing before, or nothing changed. */
  before: changedFields,
  after: changedFields,
  traceId: z.string().nullable(),
};

/** Data of an audit event: opaque ids, and never a person's name, address or words. */
const auditEventData = z.strictObject({
  ...recordFields,
  action: actionName,
  outcome: z.enum(['succeeded', 'refused']),
  /** The client's network address, where it is known. */
  address: z.string().max(60).optional(),
});

/** Data of an audit event. */
export type AuditEventData = z.infer<typeof auditEventData>;

/** Somebody did, read or was refused something. Published by every service under a `source` of its own. */
export const auditRecorded = {
  type: 'registrar.gateway.audit.recorded',
  topic: auditTopic.name,
  source: '/registrar/gateway',
  schema: auditEventData,
} as const;

/** Query of `GET /api/audit`; filters narrow one another. */
export const auditQuery = z.strictObject({
  actorId: z.string().min(1).max(100).optional(),
  subjectId: z.string().min(1).max(100).optional(),
  action: actionName.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().min(1).max(2_000).optional(),
});

/** Which audit records are asked for. */
export type AuditQuery = z.infer<typeof auditQuery>;

/** An audit record as admins read it. */
export const auditRecord = z.strictObject(recordFields);

/** An audit record. */
export type AuditRecord = z.infer<typeof auditRecord>;

/** A page of audit records, the newest first. */
export const auditPage = z.strictObject({ items: z.array(auditRecord), nextCursor: z.string().nullable() });

/** A page of audit records. */
export type AuditPage = z.infer<typeof auditPage>;
