import { requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { breakingChanges } from './compatibility.rules.ts';
import type { Kind } from './compatibility.rules.ts';
import type { JsonSchema } from './json-schema.ts';
import { withoutReferences } from './references.rules.ts';

describe('a reference', () => {
  it('is replaced by what it names, at any depth', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        one: { $ref: '#/$defs/Code', description: 'A code.' },
        many: { type: 'array', items: { anyOf: [{ $ref: '#/$defs/Pair' }, { type: 'null' }] } },
      },
      additionalProperties: { $ref: '#/$defs/Code' },
      $defs: {
        Pair: { type: 'object', properties: { code: { $ref: '#/$defs/Code' } } },
        Code: { type: 'string', maxLength: 3 },
      },
    };
    const code = { type: 'string', maxLength: 3 };
    expect(withoutReferences(schema)).toEqual({
      type: 'object',
      properties: {
        one: { ...code, description: 'A code.' },
        many: {
          type: 'array',
          items: { anyOf: [{ type: 'object', properties: { code } }, { type: 'null' }] },
        },
      },
      additionalProperties: code,
    });
  });

  it.each<[string, JsonSchema, string]>([
    ['to nothing', { $ref: '#/$defs/None', $defs: {} }, 'names no definition'],
    ['to elsewhere', { $ref: 'https://schemas.example/code', $defs: {} }, 'names no definition'],
    [
      'to itself',
      {
        $ref: '#/$defs/A',
        $defs: {
          A: { type: 'array', items: { $ref: '#/$defs/B' } },
          B: { anyOf: [{ $ref: '#/$defs/A' }] },
        },
      },
      'A > B > A is a circle',
    ],
    [
      'with bounds beside it',
      { $ref: '#/$defs/A', maxLength: 2, $defs: { A: { type: 'string' } } },
      'beside it: maxLength',
    ],
  ])('%s is refused', (_what, schema, message) => {
    expect(() => withoutReferences(schema)).toThrow(message);
  });
});

/** The JSON Schema of something with a tree in it, in levels as `requirement`. */
function treeOf(leaf: z.ZodRawShape, levels: number): JsonSchema {
  const metadata = z.registry<{ id: string }>();
  const ofLevels = (left: number): z.ZodType => {
    const leaves = z.strictObject(leaf);
    const tree =
      left === 1 ? leaves : z.union([z.strictObject({ all: z.array(ofLevels(left - 1)).max(60) }), leaves]);
    return tree.register(metadata, { id: `Of${left}Levels` });
  };
  return z.toJSONSchema(z.strictObject({ rule: ofLevels(levels).nullable() }), { metadata }) as JsonSchema;
}

const kinds: Kind[] = ['events', 'internal-answers', 'answers', 'requests'];

describe('a schema in levels', () => {
  it.each(kinds)('is the same as itself, of %s', (kind) => {
    const schema = z.toJSONSchema(z.strictObject({ requirement: requirement.nullable() })) as JsonSchema;
    expect(schema.$defs).toHaveProperty('RequirementOf1Levels');
    expect(breakingChanges(kind, schema, structuredClone(schema))).toEqual([]);
  });

  const course = { course: z.string().max(20) };
  type Row = [what: string, shape: z.ZodRawShape, levels: number, breaks: Kind[]];
  it.each<Row>([
    ['nothing', course, 2, []],
    ['a longer text in a leaf', { course: z.string().max(21) }, 2, ['events', 'internal-answers', 'answers']],
    ['a shorter text in a leaf', { course: z.string().max(19) }, 2, ['requests']],
    ['a new optional member', { ...course, more: z.string().optional() }, 2, ['events', 'internal-answers']],
    ['one more level', course, 3, ['events', 'internal-answers', 'answers']],
    ['one level less', course, 1, ['requests']],
  ])('with %s is judged at its depth', (_what, shape, levels, breaks) => {
    const [before, after] = [treeOf(course, 2), treeOf(shape, levels)];
    expect(kinds.filter((kind) => breakingChanges(kind, before, after).length > 0)).toEqual(
      kinds.filter((kind) => breaks.includes(kind)),
    );
  });
});
