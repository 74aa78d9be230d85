import { z } from 'zod';
import { cloudEventEnvelope, type CloudEvent } from './cloud-event.ts';
import type { EventDefinition } from './event-definition.ts';

/** What a message on a topic turned out to be. */
export type ReadEvent =
  | { kind: 'event'; event: CloudEvent; definition: EventDefinition }
  /** An event of a type that the reader does not take part in. */
  | { kind: 'other'; type: string }
  /** `id` is the event's, where so much of it could be read. */
  | { kind: 'malformed'; reason: string; id?: string };

/**
 * Reads the value of a message.
 *
 * @param definitions what the reader takes, by type
 */
export function readEvent(
  value: Buffer | null,
  definitions: ReadonlyMap<string, EventDefinition>,
): ReadEvent {
  const json = parseJson(value);
  if (json === undefined) return { kind: 'malformed', reason: 'the value is not JSON' };
  const envelope = cloudEventEnvelope.safeParse(json);
  if (!envelope.success) return { kind: 'malformed', reason: z.prettifyError(envelope.error) };
  const definition = definitions.get(envelope.data.type);
  if (!definition) return { kind: 'other', type: envelope.data.type };
  const data = definition.schema.safeParse(envelope.data.data);
  const { id } = envelope.data;
  if (!data.success) return { kind: 'malformed', reason: z.prettifyError(data.error), id };
  return { kind: 'event', event: { ...envelope.data, data: data.data }, definition };
}

function parseJson(value: Buffer | null): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
