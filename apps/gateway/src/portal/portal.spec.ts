import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPortal } from './read-portal.ts';
import { writePortal } from '../testing/portal-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'portal-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

function folder(files: Record<string, string | Buffer> = {}): string {
  return writePortal(join(root, String(++folders)), files);
}

describe('the folder of the portal', () => {
  it('gives the page at each of its paths, and files by name', () => {
    const portal = readPortal(folder());
    const page = portal.fileAt('/');
    expect(page?.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const path of ['/courses', '/courses/crs_1', '/courses/%20', '/sign-in']) {
      expect([path, portal.fileAt(path) === page]).toEqual([path, true]);
    }
    expect(portal.fileAt('/assets/index-abc.js')?.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('gives nothing else: not its manifest, compressed forms, folders or other paths', () => {
    const portal = readPortal(folder({ 'secret.txt': 'x', '.env': 'x', 'assets/.hidden.js': 'x' }));
    for (const path of [
      '/index.html',
      '/portal.json',
      '/secret.txt',
      '/.env',
      '/assets/.hidden.js',
      '/assets/index-abc.js.br',
      '/assets',
      '/assets/',
      '/assets/../portal.json',
      '/previous/assets/index-old.js',
      '/courses/',
      '/courses/crs_1/roster',
      '/Courses',
      '',
      '/__proto__',
      'constructor',
    ]) {
      expect([path, portal.fileAt(path)]).toEqual([path, undefined]);
    }
  });

  it('serves the assets of the release before, and of two the newer', () => {
    const portal = readPortal(
      folder({
        'previous/assets/index-old.js': 'old()',
        'previous/assets/index-abc.js': 'stale()',
        'previous/index.html': 'old page',
      }),
    );
    expect(portal.fileAt('/assets/index-old.js')?.forms.identity.toString()).toBe('old()');
    expect(portal.fileAt('/assets/index-abc.js')?.forms.identity.toString()).toBe('run()');
    expect(portal.fileAt('/')?.forms.identity.toString()).not.toBe('old page');
  });

  it('follows no link out of it', () => {
    const path = folder();
    writeFileSync(join(root, 'outside.js'), 'outside');
    symlinkSync(join(root, 'outside.js'), join(path, 'assets', 'link.js'));
    expect(readPortal(path).fileAt('/assets/link.js')).toBeUndefined();
  });

  it('puts the hashes of styles into the policy of the page and of the worker', () => {
    const hash = `sha256-${createHash('sha256').update('style').digest('base64')}`;
    const portal = readPortal(
      folder({ 'portal.json': JSON.stringify({ paths: ['/'], styleHashes: [hash] }) }),
    );
    for (const path of ['/', '/sw.js'])
      expect(portal.fileAt(path)?.headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' '${hash}'; img-src 'self' data:; connect-src 'self'; ` +
          "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'; trusted-types registrar",
      );
  });

  it.each([
    ['{', 'is no JSON'],
    ['{}', 'has no paths'],
    [JSON.stringify({ paths: [], styleHashes: [] }), 'has none'],
    [JSON.stringify({ paths: ['courses'], styleHashes: [] }), 'has a path without a slash'],
    [JSON.stringify({ paths: ['/:any'], styleHashes: [] }), 'would take every path'],
    [JSON.stringify({ paths: ['/api/hidden'], styleHashes: [] }), 'would take a path of the API'],
    [JSON.stringify({ paths: ['/a/../b'], styleHashes: [] }), 'has dot segments'],
    [JSON.stringify({ paths: ['/(a+)+$'], styleHashes: [] }), 'has a pattern of another kind'],
    [JSON.stringify({ paths: ['/'], styleHashes: ["'unsafe-inline'"] }), 'would loosen the policy'],
    [JSON.stringify({ paths: ['/'] }), 'has no hashes'],
  ])('is refused with the manifest %s, which %s', (manifest) => {
    expect(() => readPortal(folder({ 'portal.json': manifest }))).toThrow(
      /portal\.json is missing or malformed/,
    );
  });

  it('is refused where it is not there, has no page, or is too large', () => {
    expect(() => readPortal(join(root, 'nowhere'))).toThrow(/portal\.json is missing/);
    const empty = join(root, 'no-page');
    mkdirSync(empty);
    writeFileSync(join(empty, 'portal.json'), JSON.stringify({ paths: ['/'], styleHashes: [] }));
    expect(() => readPortal(empty)).toThrow(/no index\.html/);
    const large = folder({ 'assets/large-1.js': Buffer.alloc(33 * 1_024 * 1_024) });
    expect(() => readPortal(large)).toThrow(/more than 32 MiB/);
  });
});
