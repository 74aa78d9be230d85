import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const page = `<!doctype html><html lang="en"><title>Registrar</title>${'<!-- filling -->'.repeat(100)}</html>`;

/** Writes a small portal as its build does, with further files of the test's own, and gives its folder. */
export function writePortal(folder: string, own: Record<string, string | Buffer> = {}): string {
  const files: Record<string, string | Buffer> = {
    'portal.json': JSON.stringify({ paths: ['/', '/courses', '/courses/:id', '/sign-in'], styleHashes: [] }),
    'index.html': page,
    'index.html.br': brotliCompressSync(page),
    'index.html.gz': gzipSync(page),
    'assets/index-abc.js': 'run()',
    'assets/index-abc.js.br': brotliCompressSync('run()'),
    'assets/index-abc.css': 'html {}',
    'icons/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'manifest.webmanifest': '{}',
    'sw.js': 'listen()',
    ...own,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
