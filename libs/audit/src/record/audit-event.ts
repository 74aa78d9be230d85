import { auditRecorded, auditTopic } from '@registrar/contracts-gateway';
import type { AuditEventData } from '@registrar/contracts-gateway';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { CloudEvent, OutboxEntry } from '@registrar/messaging';
import { clockNow, currentTrace, newId } from '@registrar/service';
import type { Changes } from '../rules/changes.rules.ts';

/** Who does something: an `Identity` fits. */
export interface AuditActor {
  readonly id: string;
  readonly clientId?: string | undefined;
}

/** What is recorded of one act; ids only, `before` and `after` as `changesOf` gives them. */
export interface AuditFacts extends Partial<Changes> {
  /** Null for a caller that is not known. */
  readonly actor: AuditActor | null;
  /** What was done, such as `hold_placed`: a word of the code, never of a caller. */
  readonly action: string;
  /** Whom it is about. Default: no single user. */
  readonly subjectId?: string | null | undefined;
  /** What it is about, such as `hold:hld_…`. */
  readonly resource: string;
  /** Default: `succeeded`. */
  readonly outcome?: AuditEventData['outcome'];
  readonly address?: string | undefined;
  /** Default: that of what runs now. */
  readonly traceId?: string | undefined;
}

/** Characters of an address; a longer one is none. */
const longestAddress = 60;
/** Ids of API clients begin so. */
const clientPrefix = 'client_';

/** An act as an event. @param service who records it */
export function auditEvent(service: string, facts: AuditFacts): CloudEvent<AuditEventData> {
  const time = new Date(clockNow());
  const data = dataOf(facts, time);
  const definition = { ...auditRecorded, source: `/registrar/${service}` };
  return makeEvent(definition, { id: newId('evt'), subject: data.subjectId ?? data.resource, time, data });
}

function dataOf(facts: AuditFacts, time: Date): AuditEventData {
  const { actor, action, subjectId = null, resource, outcome = 'succeeded', address } = facts;
  const { before = null, after = null, traceId = currentTrace()?.traceId ?? null } = facts;
  return {
    at: time.toISOString(),
    actorId: actor?.id ?? null,
    clientId: clientOf(actor),
    subjectId,
    action,
    resource,
    before: before && { ...before },
    after: after && { ...after },
    traceId,
    outcome,
    ...(address !== undefined && { address: address.slice(0, longestAddress) }),
  };
}

function clientOf(actor: AuditActor | null): string | null {
  if (actor?.clientId !== undefined) return actor.clientId;
  return actor?.id.startsWith(clientPrefix) ? actor.id : null;
}

/**
 * Events as one entry of the outbox. Its key is the id of the first: nobody else has it, so that it needs no counter
 * of the store, and no entry waits for another.
 */
export function auditOutboxEntry(events: readonly [CloudEvent, ...CloudEvent[]]): OutboxEntry {
  const [{ id: key }] = events;
  return outboxEntry({ topic: auditTopic.name, key, sequence: 1, events, now: Date.now() });
}
