import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { portalPolicy } from '@registrar/contracts-gateway';
import { describe, expect, it } from 'vitest';
import { distFolder } from '../testing/portal-server.ts';
import { styleHashes } from './style-hashes.ts';

const initialBudget = 115_000;
const chunkBudget = 100_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const read = (file: string) => readFileSync(join(distFolder, file));
const manifest = JSON.parse(read('.vite/manifest.json').toString()) as Readonly<Record<string, Chunk>>;
const sizeOf = (name: string) => gzipSync(read(manifest[name]?.file ?? ''), { level: 9 }).length;

/** A chunk and all that it imports statically. */
function withImports(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const part of manifest[name]?.imports ?? []) withImports(part, known);
  return known;
}

describe('the bytes of the build, by gzip', () => {
  const initial = withImports('index.html');

  it(`are at most ${initialBudget} before the first screen, with the larger catalogue of one language`, () => {
    const catalogues = Object.keys(manifest).filter((name) => /locales\/(en|de)\/messages/.test(name));
    expect(catalogues).toHaveLength(2);
    const scripts = [...initial].map(sizeOf).reduce((sum, size) => sum + size, 0);
    expect(scripts + Math.max(...catalogues.map(sizeOf))).toBeLessThanOrEqual(initialBudget);
  });

  it(`are at most ${chunkBudget} for what comes later`, () => {
    const later = Object.keys(manifest).filter(
      (name) => !initial.has(name) && manifest[name]?.file.endsWith('.js'),
    );
    expect(later.length).toBeGreaterThan(10);
    expect(later.filter((name) => sizeOf(name) > chunkBudget)).toEqual([]);
  });
});

it('the policy of pages allows the one style element that React Aria adds, as the installed package has it', () => {
  const entry = createRequire(import.meta.url).resolve('react-aria-components');
  const folder = join(entry.slice(0, entry.indexOf('react-aria-components')), 'react-aria');
  const source = readFileSync(join(folder, 'dist/private/overlays/usePreventScroll.mjs'), 'utf8');
  const [, text = '', trim] = /textContent = `([^`]*)`(\.trim\(\))?/.exec(source) ?? [];
  const style = trim === undefined ? text : text.trim();
  const hash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
  expect(style).toContain('overscroll-behavior');
  expect(styleHashes).toEqual([hash]);
  expect(portalPolicy(styleHashes)).toContain(`'${hash}'`);
});
