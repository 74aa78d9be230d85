import { glob, readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Which capability folders of an app import which, tests left out. */
async function importsOf(app: string): Promise<Map<string, Set<string>>> {
  const source = join(root, 'apps', app, 'src');
  const imports = new Map<string, Set<string>>();
  for await (const file of glob('*/**/*.ts', { cwd: source })) {
    if (file.endsWith('.spec.ts') || file.includes('testing/')) continue;
    const folder = folderOf(file);
    for (const [, path = ''] of (await readFile(join(source, file), 'utf8')).matchAll(/ from '(\.[^']+)'/g)) {
      const imported = normalize(join(file, '..', path));
      if (!imported.includes('/') || imported.startsWith('..')) continue;
      const known = imports.get(folder) ?? new Set();
      imports.set(folder, known.add(folderOf(imported)));
    }
  }
  return imports;
}

/** The folders that are reached from themselves by way of another. */
function circlesOf(imports: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reached = (from: string, seen: Set<string>): Set<string> => {
    for (const next of imports.get(from) ?? []) {
      if (next !== from && !seen.has(next)) reached(next, seen.add(next));
    }
    return seen;
  };
  const around = (folder: string) =>
    [...(imports.get(folder) ?? [])].some((next) => next !== folder && reached(next, new Set()).has(folder));
  return [...imports.keys()].filter(around);
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}

describe('the capability folders of an app', () => {
  it.each(['courses', 'enrollments', 'notifications'])(
    'of %s import each other in no circle',
    async (app) => {
      const imports = await importsOf(app);
      expect(imports.size).toBeGreaterThan(3);
      expect(circlesOf(imports)).toEqual([]);
    },
  );

  it('are told from a circle of two or three', () => {
    const imports = (entries: Record<string, string[]>) =>
      new Map(Object.entries(entries).map(([folder, others]) => [folder, new Set(others)]));
    expect(circlesOf(imports({ a: ['a', 'b'], b: ['c'] }))).toEqual([]);
    expect(circlesOf(imports({ a: ['b'], b: ['a'], c: ['a'] }))).toEqual(['a', 'b']);
    expect(circlesOf(imports({ a: ['b'], b: ['c'], c: ['a'] }))).toEqual(['a', 'b', 'c']);
  });
});
