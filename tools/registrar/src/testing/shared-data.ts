import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the workspace unless `SHARED_DATA` says where; no part of the project. */
const folder = process.env['SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');

/** A file of real data. */
export interface SharedFile {
  readonly path: string;
  readonly isThere: boolean;
  content(): string;
}

/** A file of real data; says so where it is not there, for tests of it to be skipped. */
export function sharedFile(path: string): SharedFile {
  const file = join(folder, path);
  const isThere = existsSync(file);
  if (!isThere)
    process.stdout.write(`Skipped: there is no ${file} (SHARED_DATA names the folder of the data).\n`);
  return { path: file, isThere, content: () => readFileSync(file, 'utf8') };
}
