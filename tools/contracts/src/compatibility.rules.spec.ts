import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { breakingChanges } from './compatibility.rules.ts';
import type { Kind } from './compatibility.rules.ts';
import { misfits } from './containment.rules.ts';
import type { JsonSchema } from './json-schema.ts';

const base = {
  id: z.string().min(1).max(10),
  count: z.int().min(0).max(9),
  state: z.enum(['open', 'closed']),
  note: z.string().optional(),
  at: z.string().nullable(),
  tags: z.array(z.string()).max(5),
};
const { id: _id, ...withoutId } = base;
const { note: _note, ...withoutNote } = base;

function changes(kind: Kind, shape: z.ZodRawShape): string[] {
  const io = kind === 'requests' ? 'input' : 'output';
  const schemaOf = (of: z.ZodRawShape) => z.toJSONSchema(z.strictObject(of), { io }) as JsonSchema;
  return breakingChanges(kind, schemaOf(base), schemaOf(shape));
}

type Row = [what: string, shape: z.ZodRawShape, breaks: Kind[]];

const rows: Row[] = [
  ['nothing', base, []],
  ['a removed property', withoutId, ['events', 'answers', 'requests']],
  ['an optional property that is removed', withoutNote, ['requests']],
  ['a new optional property', { ...base, more: z.string().optional() }, ['events']],
  ['a new needed property', { ...base, more: z.string() }, ['events', 'requests']],
  ['a new property with a default', { ...base, more: z.string().default('x') }, ['events']],
  ['a property that becomes optional', { ...base, id: base.id.optional() }, ['events', 'answers']],
  ['a property that becomes needed', { ...base, note: z.string() }, ['requests']],
  ['another type', { ...base, id: z.int() }, ['events', 'answers', 'requests']],
  ['a wider type', { ...base, count: z.number().min(0).max(9) }, ['events', 'answers']],
  ['null as well', { ...base, id: base.id.nullable() }, ['events', 'answers']],
  ['null no more', { ...base, at: z.string() }, ['requests']],
  ['one more value', { ...base, state: z.enum(['open', 'closed', 'gone']) }, ['events', 'answers']],
  ['one value less', { ...base, state: z.enum(['open']) }, ['requests']],
  ['any value', { ...base, state: z.string() }, ['events', 'answers']],
  ['a looser upper bound', { ...base, count: z.int().min(0).max(10) }, ['events', 'answers']],
  ['a tighter upper bound', { ...base, count: z.int().min(0).max(8) }, ['requests']],
  ['a looser lower bound', { ...base, id: z.string().max(10) }, ['events', 'answers']],
  ['a tighter lower bound', { ...base, id: z.string().min(2).max(10) }, ['requests']],
  ['a pattern', { ...base, id: base.id.regex(/^a/) }, ['requests']],
  ['longer lists', { ...base, tags: z.array(z.string()).max(6) }, ['events', 'answers']],
  ['other items', { ...base, tags: z.array(z.int()).max(5) }, ['events', 'answers', 'requests']],
];

describe.each(rows)('%s', (_what, shape, breaks) => {
  it.each<Kind>(['events', 'internal-answers', 'answers', 'requests'])('is judged for %s', (kind) => {
    const like = kind === 'internal-answers' ? 'events' : kind;
    expect(changes(kind, shape).length > 0).toBe(breaks.includes(like));
  });
});

it('a breaking change is named by its path', () => {
  expect(changes('events', { ...base, count: z.int().min(0).max(10) })).toEqual([
    'count: maximum 10, where 9 is taken',
  ]);
  expect(changes('requests', { ...base, more: z.string() })).toEqual(['more: may be missing, and is needed']);
});

const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('integer', 'number'),
      minimum: fc.integer({ min: -1, max: 1 }),
      maximum: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    { type: fc.constant('string'), maxLength: fc.integer({ min: 0, max: 2 }) },
    { requiredKeys: ['type'] },
  ),
  fc.record({ type: fc.constant('null') }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom<unknown>(0, 1, 'a', null), { minLength: 1 }) }),
);
const property = fc.oneof(
  leaf,
  fc.record({ anyOf: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ type: fc.constant('array'), items: leaf }),
);
const object: fc.Arbitrary<JsonSchema> = fc.record(
  {
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('p', 'q'), property),
    required: fc.uniqueArray(fc.constantFrom('p', 'q')),
    additionalProperties: fc.oneof(fc.boolean(), leaf),
  },
  { requiredKeys: ['type'] },
);
const scalar = fc.constantFrom<unknown>(-1, 0, 0.5, 1, 2, 3, '', 'a', 'abc', null);
const value = fc.dictionary(
  fc.constantFrom('p', 'q', 'r'),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })),
);

describe('two schemas', () => {
  const ajv = new Ajv2020({ strict: false });

  it('that are said to fit have no value that fits the one and not the other', () => {
    fc.assert(
      fc.property(object, object, fc.array(value, { minLength: 5, maxLength: 20 }), (sent, taken, values) => {
        if (misfits(sent, taken, { tolerant: false }).length > 0) return;
        for (const each of values) if (ajv.validate(sent, each)) expect(ajv.validate(taken, each)).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });

  it('fit when they are the same', () => {
    fc.assert(
      fc.property(object, (each) => {
        expect(misfits(each, each, { tolerant: false })).toEqual([]);
      }),
    );
  });
});
