import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { published } from './published.ts';

const contracts = join(dirname(dirname(dirname(import.meta.dirname))), 'libs', 'contracts');

/** What regular expressions of other languages do not have: Unicode classes, code points, looking around, back references. */
const unportable = /\\[pPuk1-9]|\(\?[^:]/;

/** Every pattern in a schema, wherever it stands. */
function patternsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    key === 'pattern' && typeof value === 'string' ? [value] : patternsOf(value),
  );
}

it.each(published().map((each) => [`${each.service} ${each.kind} ${each.name}`, each.schema] as const))(
  '%s has patterns that generators of other languages take',
  (_name, schema) => expect(patternsOf(schema).filter((pattern) => unportable.test(pattern))).toEqual([]),
);

it('so has everything that was released', () => {
  const files = globSync('*/released/*/*.json', { cwd: contracts });
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const patterns = patternsOf(JSON.parse(readFileSync(join(contracts, file), 'utf8')));
    expect([file, patterns.filter((pattern) => unportable.test(pattern))]).toEqual([file, []]);
  }
});

it('a pattern that would stop them is found', () => {
  for (const pattern of ['^\\p{L}+$', '^(?=a)', '(?<name>a)', '(?i)a', '\\u0041', '(a)\\1'])
    expect([pattern, unportable.test(pattern)]).toEqual([pattern, true]);
  expect(patternsOf({ anyOf: [{ properties: { a: { items: { pattern: 'x' } } } }] })).toEqual(['x']);
});
