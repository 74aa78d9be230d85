import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { strayArrows } from './arrows.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'registrar-arrows-')));
});
afterEach(() => rm(root, { recursive: true }));

/** What is found in an app of these files, each with what it imports. */
async function foundIn(app: string, files: Record<string, string[]>): Promise<string[]> {
  const imported = Object.entries(files).flatMap(([from, all]) => all.map((to) => join(dirname(from), to)));
  for (const file of new Set([...Object.keys(files), ...imported])) {
    const path = join(root, 'apps', app, 'src', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, [...(files[file] ?? []).map((to) => `import '${to}';`), 'export {};'].join('\n'));
  }
  return strayArrows(root, app);
}

describe('the rooms of the gateway', () => {
  it.each([
    ['proxy the inside of identity', 'proxy/front/door.ts', '../../identity/audit/audit-log.ts'],
    ['the app the inside of a room', 'gateway.module.ts', './proxy/proxy.module.ts'],
    ['identity the index of proxy', 'identity/people/people.ts', '../../proxy/index.ts'],
    ['identity the index of api-docs', 'identity/people/people.ts', '../../api-docs/index.ts'],
    ['proxy the index of api-docs', 'proxy/front/door.ts', '../../api-docs/index.ts'],
    ['api-docs the index of identity', 'api-docs/page.ts', '../identity/index.ts'],
  ])('do not let %s be imported', async (_, from, to) => {
    expect(await foundIn('gateway', { [from]: [to] })).toEqual([expect.stringContaining(`src/${from} -> `)]);
  });

  it('let proxy use the index of identity, the app each index, and its own files a room', async () => {
    const files = {
      'gateway.module.ts': ['./identity/index.ts', './proxy/index.ts', './api-docs/index.ts'],
      'proxy/front/door.ts': ['../../identity/index.ts', '../routing/routes.ts', '../../config/config.ts'],
      'identity/index.ts': ['./identity.module.ts'],
      'identity/people/rooms.spec.ts': ['../../proxy/front/door.ts'],
    };
    expect(await foundIn('gateway', files)).toEqual([]);
  });

  it('have no circle of folders inside', async () => {
    const files = {
      'identity/sessions/session.ts': ['../sign-in/devices.ts'],
      'identity/sign-in/sign-in.ts': ['../sessions/times.ts'],
    };
    expect(await foundIn('gateway', files)).toHaveLength(2);
  });
});

it('are looked at with the lint of every service', async () => {
  const workspace = join(import.meta.dirname, '../../..');
  const read = async (path: string) => JSON.parse(await readFile(join(workspace, path), 'utf8')) as unknown;
  expect(await read('nx.json')).toMatchObject({ targetDefaults: { lint: { dependsOn: ['arrows'] } } });
  for (const app of (await readdir(join(workspace, 'apps'))).filter(
    (name) => !['e2e', 'portal'].includes(name),
  ))
    expect(await read(`apps/${app}/package.json`)).toMatchObject({
      scripts: { arrows: 'node ../../tools/workspace/src/check-arrows.ts' },
    });
});

describe('the folders of an app', () => {
  it.each([
    ['two', { 'a/one.ts': ['../b/one.ts'], 'b/two.ts': ['../a/two.ts'] }],
    ['three', { 'a/one.ts': ['../b/one.ts'], 'b/two.ts': ['../c/one.ts'], 'c/two.ts': ['../a/two.ts'] }],
    ['two by folders within', { 'a/one.ts': ['../b/x/one.ts'], 'b/y/one.ts': ['../../a/two.ts'] }],
    ['one and a file beside it', { 'parts.ts': ['./a/one.ts'], 'a/two.ts': ['../parts.ts'] }],
  ])('form no circle of %s', async (_, files: Record<string, string[]>) => {
    expect(await foundIn('courses', files)).toHaveLength(Object.keys(files).length);
  });

  it('may use each other one way, and their own as they like', async () => {
    const files = {
      'a/one.ts': ['../b/one.ts', './within/one.ts'],
      'a/within/one.ts': ['../two.ts', '../../b/two.ts'],
      'courses.module.ts': ['./a/one.ts'],
    };
    expect(await foundIn('courses', files)).toEqual([]);
  });
});
