import type { JsonSchema } from './json-schema.ts';

const local = /^#\/\$defs\/([^/]+)$/;
/** What may stand beside a reference: it says nothing of the values. */
const annotations = ['title', 'description', 'default'];

/**
 * A schema with each `$ref` replaced by what it names in `$defs`, as zod writes them: definitions stand at the root.
 * A definition that several refer to is the same object in each place.
 *
 * @throws Error for a reference to nothing, to elsewhere, with keywords beside it, or to what holds the reference
 */
export function withoutReferences(root: JsonSchema): JsonSchema {
  const { $defs = {}, ...rest } = root;
  const found = new Map<string, JsonSchema>();
  const open: string[] = [];

  const definition = (ref: string): JsonSchema => {
    const name = local.exec(ref)?.[1] ?? '';
    const known = found.get(name);
    if (known) return known;
    const written = $defs[name];
    if (!written) throw new Error(`${ref} names no definition of the schema.`);
    if (open.includes(name))
      throw new Error(`${[...open, name].join(' > ')} is a circle: write it in levels.`);
    open.push(name);
    const resolved = resolve(written);
    open.pop();
    found.set(name, resolved);
    return resolved;
  };

  const resolve = (schema: JsonSchema): JsonSchema => {
    const { $ref, ...own } = schema;
    if ($ref !== undefined) {
      const beside = Object.keys(own).filter((keyword) => !annotations.includes(keyword));
      if (beside.length > 0) throw new Error(`${$ref} has keywords beside it: ${beside.join(', ')}.`);
      return { ...definition($ref), ...own };
    }
    const { properties, items, additionalProperties, anyOf } = own;
    return {
      ...own,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, property]) => [name, resolve(property)]),
        ),
      }),
      ...(items && { items: resolve(items) }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: resolve(additionalProperties),
      }),
      ...(anyOf && { anyOf: anyOf.map(resolve) }),
    };
  };

  return resolve(rest);
}
