import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schemas.ts';

const prefix = '#/$defs/';

/**
 * A part of a document with what its schemas define in `$defs` taken out of them, and the definitions by name: they
 * become schemas of the document's components, where every reference then points to.
 *
 * @throws Error where two schemas define something else under one name
 */
export function withSharedSchemas<Part>(part: Part): { part: Part; schemas: Record<string, JsonSchema> } {
  const schemas: Record<string, JsonSchema> = {};

  const share = (definitions: object): void => {
    for (const [name, definition] of Object.entries(definitions)) {
      const shared = moved(definition) as JsonSchema;
      if (schemas[name] && !isDeepStrictEqual(schemas[name], shared))
        throw new Error(`Two schemas define "${name}", and not the same.`);
      schemas[name] = shared;
    }
  };

  const moved = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(moved);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
        if (key === '$defs' && typeof value === 'object' && value !== null) {
          share(value);
          return [];
        }
        const isReference = key === '$ref' && typeof value === 'string' && value.startsWith(prefix);
        return [[key, isReference ? value.replace(prefix, '#/components/schemas/') : moved(value)]];
      }),
    );
  };

  return { part: moved(part) as Part, schemas };
}
