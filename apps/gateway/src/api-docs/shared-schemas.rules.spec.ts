import { expect, it } from 'vitest';
import { withSharedSchemas } from './shared-schemas.rules.ts';

const code = { type: 'string', maxLength: 3 };
const pair = { type: 'array', items: { $ref: '#/$defs/Code' } };
const sharedPair = { type: 'array', items: { $ref: '#/components/schemas/Code' } };

it('what schemas define becomes one schema of the document, and every reference points to it', () => {
  const course = { properties: { pair: { $ref: '#/$defs/Pair' } }, $defs: { Pair: pair, Code: code } };
  const codes = { content: [{ schema: { $ref: '#/$defs/Code', $defs: { Code: code } } }] };
  expect(withSharedSchemas({ course, codes })).toEqual({
    part: {
      course: { properties: { pair: { $ref: '#/components/schemas/Pair' } } },
      codes: { content: [{ schema: { $ref: '#/components/schemas/Code' } }] },
    },
    schemas: { Pair: sharedPair, Code: code },
  });
});

it('other references, and what has none, stay as they are', () => {
  const part = { headers: { $ref: '#/components/headers/ETag' }, example: [null, 1, 'a'] };
  expect(withSharedSchemas(part)).toEqual({ part, schemas: {} });
});

it('one name for two different schemas is refused', () => {
  const other = { $ref: '#/$defs/Code', $defs: { Code: { type: 'integer' } } };
  expect(() => withSharedSchemas([{ $ref: '#/$defs/Code', $defs: { Code: code } }, other])).toThrow('"Code"');
});
