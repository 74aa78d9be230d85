import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../script-path.ts';
import type { BenchRecord } from './bench-record.ts';

/** Where a report goes: into the checkout, or aside. */
function placesOf(aside: boolean) {
  const root = aside ? join(workspaceRoot, '.local', 'bench-report') : workspaceRoot;
  const docs = aside ? root : join(root, 'docs');
  return { json: join(root, 'bench.json'), page: join(docs, 'performance.md'), images: join(docs, 'images') };
}

/** Puts new results in the place of the old ones of their kind and renders the page. Resolves with where it is. */
export async function writeReport(made: BenchRecord, aside: boolean): Promise<string> {
  const { json, images } = placesOf(aside);
  mkdirSync(images, { recursive: true });
  const kept = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as BenchRecord) : {};
  const record: BenchRecord = { ...kept, ...made };
  writeFileSync(json, JSON.stringify(record));
  return Promise.resolve(`Written: ${json}`);
}
