import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;
let folder = '';

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

const [example] = gatewayRoutes.listAudit.answers[200].example.items;
const day = (date: number) => ({ ...example, at: `2026-08-${String(date).padStart(2, '0')}T12:00:00.000Z` });

/** Three pages, the second of them empty. */
function answerPages(): void {
  system.answers(({ path }) => {
    if (path.includes('cursor=second')) return { json: { items: [], nextCursor: 'third' } };
    if (path.includes('cursor=third')) return { json: { items: [day(2), day(1)], nextCursor: null } };
    return { json: { items: [day(5), day(4), day(3)], nextCursor: 'second' } };
  });
}

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'audit.jsonl');
  await writeFile(file, text);
  return file;
}

describe('an export', () => {
  it('has all records of all pages, and its own check finds it whole', async () => {
    answerPages();
    const ran = await system.runCommand(['audit', 'export']);
    expect(ran.code).toBe(exitCodes.done);
    const lines = ran.out.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { at?: string }).at?.slice(8, 10))).toEqual([
      '05',
      '04',
      '03',
      '02',
      '01',
      undefined,
    ]);
    const hash = /[0-9a-f]{64}/.exec(ran.err)?.[0] ?? 'none';
    const verified = await system.runCommand(['audit', 'verify', await fileOf(ran.out)]);
    expect([verified.code, verified.out]).toEqual([
      exitCodes.done,
      expect.stringContaining(`is whole: 5 records, the last hash is ${hash}.`),
    ]);
  });

  it('has those of a time only, and asks for no page beyond it', async () => {
    answerPages();
    const ran = await system.runCommand([
      'audit',
      'export',
      '--from',
      '2026-08-04',
      '--to',
      '2026-08-05T12:00:00Z',
    ]);
    const lines = ran.out.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { at?: string }).at)).toEqual([day(4).at, undefined]);
    expect(system.seen).toHaveLength(1);
  });

  it('of no time is wrong use', async () => {
    answerPages();
    for (const time of ['yesterday', '2026-13-01', ''])
      expect((await system.runCommand(['audit', 'export', '--from', time])).code).toBe(exitCodes.usage);
    expect(system.seen).toEqual([]);
  });
});

describe('a check', () => {
  it('finds the line that was changed, and that the end was cut off', async () => {
    answerPages();
    const { out } = await system.runCommand(['audit', 'export']);
    const lines = out.trimEnd().split('\n');
    const changed = lines.with(2, lines[2]?.replace('roles_changed', 'roles_kept') ?? '').join('\n');
    expect(await system.runCommand(['audit', 'verify', await fileOf(changed)])).toMatchObject({
      code: exitCodes.failed,
      out: expect.stringContaining('line 3 is not what was exported') as string,
    });
    expect(
      await system.runCommand(['audit', 'verify', await fileOf(lines.slice(0, 4).join('\n')), '--json']),
    ).toMatchObject({ code: exitCodes.failed, out: expect.stringContaining('"line":5') as string });
  });

  it('of a file that is not there is wrong use', async () => {
    expect((await system.runCommand(['audit', 'verify', join(folder, 'none')])).code).toBe(exitCodes.usage);
  });
});
