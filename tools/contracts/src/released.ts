import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { format } from 'prettier';
import { breakingChanges } from './compatibility.rules.ts';
import type { Kind } from './compatibility.rules.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Published } from './published.ts';

const contractsDirectory = join(dirname(dirname(dirname(import.meta.dirname))), 'libs', 'contracts');

/** What became of one schema since it was released. */
export interface Finding {
  readonly schema: string;
  readonly state: 'same' | 'new' | 'compatible' | 'breaking';
  /** What breaks, one line each. */
  readonly faults: readonly string[];
}

function fileOf({ service, kind, name }: Omit<Published, 'schema'>, root: string): string {
  return join(root, service, 'released', kind, `${name}.json`);
}

function readReleased(root: string): Map<string, Published> {
  const files = globSync('*/released/*/*.json', { cwd: root }).map((file) => {
    const [service = '', , kind] = file.split('/');
    const schema = JSON.parse(readFileSync(join(root, file), 'utf8')) as JsonSchema;
    return { service, kind: kind as Kind, name: basename(file, '.json'), schema };
  });
  return new Map(files.map((each) => [fileOf(each, root), each]));
}

function bare({ 'x-version': _, ...schema }: JsonSchema): string {
  return JSON.stringify(schema);
}

/** Compares what is published now with what was last released. */
export function compare(current: readonly Published[], root = contractsDirectory): Finding[] {
  const released = readReleased(root);
  const kept = new Set(current.map((each) => fileOf(each, root)));
  const gone = [...released].filter(([file]) => !kept.has(file));
  return [
    ...current.map((each) => compareOne(released.get(fileOf(each, root)), each)),
    ...gone.map(([, each]): Finding => ({
      schema: label(each),
      state: 'breaking',
      faults: ['(whole): is gone, and others rely on it'],
    })),
  ];
}

function label({ service, kind, name }: Published): string {
  return `${service} ${kind} ${name}`;
}

function compareOne(released: Published | undefined, current: Published): Finding {
  const schema = label(current);
  if (!released) return { schema, state: 'new', faults: [] };
  if (bare(released.schema) === bare(current.schema)) return { schema, state: 'same', faults: [] };
  const faults = breakingChanges(current.kind, released.schema, current.schema);
  return { schema, state: faults.length > 0 ? 'breaking' : 'compatible', faults };
}

/** `1.4` and a compatible change is `1.5`; a breaking one is `2.0`. */
export function nextVersion(version: string | undefined, state: Finding['state']): string {
  const [major = 0, minor = 0] = (version ?? '0.0').split('.').map(Number);
  if (state === 'same' && version !== undefined) return version;
  return state === 'compatible' ? `${major}.${minor + 1}` : `${major + 1}.0`;
}

/** Writes what is published now as released; what is no longer published is removed. */
export async function release(current: readonly Published[], root = contractsDirectory): Promise<void> {
  const released = readReleased(root);
  const kept = new Set(current.map((each) => fileOf(each, root)));
  for (const file of released.keys()) if (!kept.has(file)) rmSync(file);
  for (const each of current) {
    const file = fileOf(each, root);
    const before = released.get(file);
    const version = nextVersion(
      before?.schema['x-version'] as string | undefined,
      compareOne(before, each).state,
    );
    const text = JSON.stringify({ 'x-version': version, ...each.schema });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await format(text, { parser: 'json', printWidth: 110, objectWrap: 'collapse' }));
  }
}
