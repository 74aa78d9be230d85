import { misfits } from './containment.rules.ts';
import type { JsonSchema } from './json-schema.ts';
import { withoutReferences } from './references.rules.ts';

/** What a schema describes: who sends it decides what may change. */
export type Kind = 'events' | 'answers' | 'internal-answers' | 'requests';

/**
 * What breaks when `current` takes the place of `released`; none when it is compatible.
 *
 * - events: a consumer that reads by the released schema must read every new one. Our consumers refuse unknown properties
 *   (strict schemas), so a new property breaks them.
 * - answers: the same, but clients pass over properties they do not know.
 * - internal answers: as events, since our services refuse properties that they do not know.
 * - requests: everything that callers may send by the released schema must still be taken.
 */
export function breakingChanges(kind: Kind, released: JsonSchema, current: JsonSchema): string[] {
  const [before, after] = [withoutReferences(released), withoutReferences(current)];
  // What an open request schema does not name was never read: a name that it gets is no promise broken.
  if (kind === 'requests') return misfits(closed(before), after, { tolerant: false });
  return misfits(after, before, { tolerant: kind === 'answers' });
}

function closed(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.type === 'object' && schema.additionalProperties === undefined
      ? { additionalProperties: false }
      : {}),
    ...(schema.properties ? { properties: mapValues(schema.properties, closed) } : {}),
    ...(schema.items ? { items: closed(schema.items) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map(closed) } : {}),
  };
}

function mapValues<From, To>(values: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
