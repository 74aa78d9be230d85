import { currentTrace, traceparentOf } from '@registrar/service';
import { z } from 'zod';
import type { EventDefinition } from './event-definition.ts';

/** Media type of an event in structured mode. */
export const cloudEventContentType = 'application/cloudevents+json; charset=utf-8';

/** A fact as it travels: CloudEvents 1.0 in JSON, structured mode. */
export interface CloudEvent<T = unknown> {
  specversion: '1.0';
  /** The same in every copy of the event: what consumers recognise a duplicate by. */
  id: string;
  source: string;
  type: string;
  /** What it is about, such as an enrollment's id. */
  subject: string;
  /** When it happened, RFC 3339. */
  time: string;
  datacontenttype: 'application/json';
  /** Names the JSON Schema of `data`. */
  dataschema: string;
  /** W3C trace context of the request that caused it. */
  traceparent?: string | undefined;
  data: T;
}

/** The parts of an event, beside its definition. */
interface EventParts<T> {
  /** Made by the caller (`newId('evt')`), so that a commit that is tried again publishes the same event. */
  id: string;
  subject: string;
  time: Date;
  data: T;
  /** Where it belongs; the trace of what runs now when left out. */
  traceparent?: string;
}

/** What must hold of every event, whatever its type; other attributes are let through, as CloudEvents asks. */
export const cloudEventEnvelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(255),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string(),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

/** Name of the JSON Schema of a type's data. */
function dataSchemaOf(type: string): string {
  return `urn:registrar:event:${type}`;
}

/**
 * An event of `definition`.
 *
 * Throws a ZodError when `data` is not what the definition says: a fact that consumers would refuse is never
 * committed.
 */
export function makeEvent<T>(definition: EventDefinition<T>, parts: EventParts<T>): CloudEvent<T> {
  const trace = currentTrace();
  const traceparent = parts.traceparent ?? (trace && traceparentOf(trace));
  return {
    specversion: '1.0',
    id: parts.id,
    source: definition.source,
    type: definition.type,
    subject: parts.subject,
    time: parts.time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(definition.type),
    ...(traceparent !== undefined && { traceparent }),
    data: definition.schema.parse(parts.data),
  };
}
