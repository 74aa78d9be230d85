import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readPriceList } from '@registrar/costs';
import { workspaceRoot } from '../script-path.ts';
import type { BenchRecord } from './bench-record.ts';
import { beyond } from './format.ts';
import { renderPage } from './page.ts';

/** Where a report goes: into the checkout, or aside. */
function placesOf(aside: boolean) {
  const root = aside ? join(workspaceRoot, '.local', 'bench-report') : workspaceRoot;
  const docs = aside ? root : join(root, 'docs');
  return { json: join(root, 'bench.json'), page: join(docs, 'performance.md'), images: join(docs, 'images') };
}

async function writeFormatted(path: string, text: string): Promise<void> {
  const style = await resolveConfig(join(workspaceRoot, 'package.json'));
  writeFileSync(path, await format(text, { ...style, filepath: path }));
}

/** Figures with no more digits than mean anything, so that the file stays readable. */
function rounded(_: string, value: unknown): unknown {
  if (value === Infinity) return beyond;
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

/** The last run of each kind so far. */
export function keptRecord(aside: boolean): BenchRecord {
  const { json } = placesOf(aside);
  return existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as BenchRecord) : {};
}

/** Puts new results in the place of the old ones of their kind and renders the page; says where it is. */
export async function writeReport(made: BenchRecord, aside: boolean): Promise<string> {
  const { json, page, images } = placesOf(aside);
  mkdirSync(images, { recursive: true });
  const record: BenchRecord = { ...keptRecord(aside), ...made };
  // What is rendered is what is kept, digit by digit.
  const text = JSON.stringify(record, rounded, 1);
  const rendered = renderPage(JSON.parse(text) as BenchRecord, readPriceList());
  writeFileSync(json, `${text}\n`);
  await writeFormatted(page, rendered.markdown);
  for (const [name, svg] of Object.entries(rendered.images)) writeFileSync(join(images, name), svg);
  return `Written: ${page}, ${json}`;
}
