import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonSchema } from './json-schema.ts';
import { published } from './published.ts';
import type { Published } from './published.ts';
import { compare, nextVersion, release } from './released.ts';

let root = '';
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'contracts-'))));
afterEach(() => rm(root, { recursive: true }));

const answer = (schema: JsonSchema): Published => ({
  service: 'courses',
  kind: 'answers',
  name: 'course',
  schema,
});
const text = answer({ type: 'string', maxLength: 9 });

it('what is published now fits what was released: else release it, or make it fit', () => {
  expect(compare(published()).filter(({ state }) => state !== 'same')).toEqual([]);
});

it('every event and body of every service is among what is published', () => {
  const kinds = published().map(({ service, kind }) => `${service} ${kind}`);
  expect([...new Set(kinds)].sort()).toEqual(
    expect.arrayContaining([
      'courses events',
      'enrollments events',
      'gateway events',
      'notifications answers',
    ]),
  );
});

it('a schema is new, then the same, compatible when narrowed, breaking when widened or gone', async () => {
  expect(compare([text], root)).toMatchObject([{ state: 'new' }]);
  await release([text], root);
  expect(compare([text], root)).toMatchObject([{ state: 'same' }]);
  expect(compare([answer({ type: 'string', maxLength: 8 })], root)).toMatchObject([{ state: 'compatible' }]);
  expect(compare([answer({ type: 'string' })], root)).toMatchObject([
    { schema: 'courses answers course', state: 'breaking', faults: [expect.stringContaining('maxLength')] },
  ]);
  expect(compare([], root)).toMatchObject([{ state: 'breaking' }]);
});

it('versions tell a breaking change from a compatible one', () => {
  expect(nextVersion(undefined, 'new')).toBe('1.0');
  expect(nextVersion('1.4', 'same')).toBe('1.4');
  expect(nextVersion('1.4', 'compatible')).toBe('1.5');
  expect(nextVersion('1.4', 'breaking')).toBe('2.0');
});
