import type { JsonSchema } from './json-schema.ts';

/** How two schemas are compared. */
export interface Comparison {
  /** Whether readers pass over properties that they do not know, whatever the schema says. */
  readonly tolerant: boolean;
}

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
/** Keywords that are understood or that allow everything; any other must be the same on both sides. */
const understood = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf'],
  ...['$schema', '$id', 'title', 'description', 'default', 'x-version'],
  ...lowerBounds,
  ...upperBounds,
]);

function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum;
}

function typesOf({ type }: JsonSchema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/**
 * Why a value that fits `sent` may not fit `taken`: one line each, with the path. None: every value fits.
 *
 * Careful: where it cannot tell (two different patterns) it says no.
 */
export function misfits(sent: JsonSchema, taken: JsonSchema, how: Comparison, path = ''): string[] {
  if (sent.anyOf) return sent.anyOf.flatMap((each) => misfits(each, taken, how, path));
  if (taken.anyOf) {
    const each = taken.anyOf.map((option) => misfits(sent, option, how, path));
    if (each.some((faults) => faults.length === 0)) return [];
    const [first = []] = each.filter((faults) => faults.every((fault) => !fault.includes(' of type ')));
    return first.length > 0 ? first : [`${at(path)} ${show(sent.type)} is none of what is taken`];
  }
  return [
    ...typeMisfits(sent, taken, path),
    ...valueMisfits(sent, taken, path),
    ...keywordMisfits(sent, taken, path),
    ...itemMisfits(sent, taken, how, path),
    ...objectMisfits(sent, taken, how, path),
  ];
}

function at(path: string): string {
  return `${path === '' ? '(whole)' : path}:`;
}

function typeMisfits(sent: JsonSchema, taken: JsonSchema, path: string): string[] {
  if (taken.type === undefined) return [];
  const allowed = typesOf(taken);
  const fits = (type: string) => allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
  if (sent.type !== undefined && typesOf(sent).every(fits)) return [];
  return [
    `${at(path)} of type ${typesOf(sent).join(' or ') || 'any'}, where ${allowed.join(' or ')} is taken`,
  ];
}

function valueMisfits(sent: JsonSchema, taken: JsonSchema, path: string): string[] {
  const allowed = valuesOf(taken);
  if (!allowed) return [];
  const possible = valuesOf(sent);
  if (!possible) return [`${at(path)} any value, where only ${show(allowed)} is taken`];
  return possible
    .filter((value) => !allowed.some((each) => show(each) === show(value)))
    .map((value) => `${at(path)} ${show(value)} is not among the values taken`);
}

function keywordMisfits(sent: JsonSchema, taken: JsonSchema, path: string): string[] {
  return Object.entries(taken).flatMap(([keyword, needed]) => {
    const sentValue = sent[keyword];
    const isBound = lowerBounds.includes(keyword) || upperBounds.includes(keyword);
    if (!isBound && (understood.has(keyword) || show(sentValue) === show(needed))) return [];
    if (isBound && typeof sentValue === 'number' && typeof needed === 'number') {
      if (lowerBounds.includes(keyword) ? sentValue >= needed : sentValue <= needed) return [];
    }
    return [`${at(path)} ${keyword} ${show(sentValue)}, where ${show(needed)} is taken`];
  });
}

function itemMisfits(sent: JsonSchema, taken: JsonSchema, how: Comparison, path: string): string[] {
  return taken.items ? misfits(sent.items ?? {}, taken.items, how, `${path}[]`) : [];
}

function objectMisfits(sent: JsonSchema, taken: JsonSchema, how: Comparison, path: string): string[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const sentProperties = sent.properties ?? {};
  const takenProperties = taken.properties ?? {};
  const missing = (taken.required ?? [])
    .filter((name) => !sent.required?.includes(name))
    .map((name) => `${at(below(name))} may be missing, and is needed`);
  const known = Object.entries(sentProperties).flatMap(([name, property]) => {
    const other = takenProperties[name] ?? taken.additionalProperties;
    if (typeof other === 'object') return misfits(property, other, how, below(name));
    return other === false && !how.tolerant ? [`${at(below(name))} is a property that is not taken`] : [];
  });
  const open =
    [taken, sent].every((each) => typesOf(each).includes('object')) && sent.additionalProperties !== false;
  const isClosed = taken.additionalProperties === false && !how.tolerant;
  if (open && isClosed)
    return [...missing, ...known, `${at(path)} any property, where only known ones are taken`];
  const unnamed = open
    ? Object.entries(takenProperties).flatMap(([name, property]) =>
        name in sentProperties ? [] : misfits(unnamedOf(sent), property, how, below(name)),
      )
    : [];
  const rest =
    open && typeof taken.additionalProperties === 'object'
      ? misfits(unnamedOf(sent), taken.additionalProperties, how, below('*'))
      : [];
  return [...missing, ...known, ...unnamed, ...rest];
}

/** What a property may be that an open schema does not name. */
function unnamedOf(schema: JsonSchema): JsonSchema {
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
}
