import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '@registrar/service/csv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { FakeImports } from '../testing/fake-imports.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;
let folder: string;

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'registrar-imports-'));
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

async function fileOf(content: string, name = 'list.csv'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const manyLines = (count: number) =>
  ['email,level', ...Array.from({ length: count }, (_, at) => `s${at}@uni.example,senior`)].join('\n');

const unknown = ({ email = '' }: { email?: string }) =>
  email.startsWith('nobody') ? { code: 'user_not_found', detail: `No user has ${email}.` } : undefined;

describe('importing enrollments', () => {
  const refusal = {
    line: 2,
    code: 'user_not_found',
    detail: 'Nobody has the mail address x@registrar.example.',
  };

  it('sends what the file says, once, and tells what came of it', async () => {
    const file = await fileOf('\uFEFFCourseId;Note;Email\r\ncrs_a;"a;\r\nb";a@registrar.example\r\n;;\r\n');
    let tries = 0;
    system.answers(() =>
      ++tries === 1
        ? { status: 503, headers: { 'retry-after': '0' }, json: { code: 'overloaded', detail: 'Busy.' } }
        : { json: { enrolled: 1, waitlisted: 0, refused: [] } },
    );
    const ran = await system.runCommand(['import', file, '--json']);
    expect(ran.code).toBe(exitCodes.done);
    expect(JSON.parse(ran.out)).toEqual({ file, dryRun: false, enrolled: 1, waitlisted: 0, refused: [] });
    const [first, second] = system.seen;
    expect(first).toMatchObject({
      method: 'POST',
      path: '/api/enrollments/import',
      body: '"courseId","email","line"\n"crs_a","a@registrar.example","2"\n',
      headers: { 'content-type': 'text/csv; charset=utf-8', authorization: 'Bearer the-token' },
    });
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });

  it('ends with a code of its own where lines were refused', async () => {
    const file = await fileOf('email,courseId\n\nx@registrar.example,crs_a\n');
    system.answers(() => ({ json: { enrolled: 0, waitlisted: 2, refused: [refusal] } }));
    const ran = await system.runCommand(['import', file, '--dry-run']);
    expect(system.seen[0]?.path).toBe('/api/enrollments/import?dryRun=true');
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(ran.out).toBe(
      'Would be: 0 enrolled, 2 waitlisted, 1 refused.\nline 3  user_not_found  Nobody has the mail address x@registrar.example.\n',
    );
  });

  it('keeps the lines of one student together, and tries them in one piece', async () => {
    const lines = Array.from(
      { length: 2_500 },
      (_, at) => `s${at === 2_000 ? 1_999 : at}@uni.example,crs_${at}`,
    );
    const file = await fileOf(['email,courseId', ...lines].join('\n'));
    system.answers(() => ({ json: { enrolled: 0, waitlisted: 0, refused: [] } }));
    await system.runCommand(['import', file]);
    expect(system.seen.map(({ body }) => body.split('\n').length - 2)).toEqual([1_999, 501]);
    await system.runCommand(['import', file, '--dry-run']);
    expect(system.seen.slice(2).map(({ body }) => body.split('\n').length - 2)).toEqual([2_500]);
  });
});

describe('importing a file about students', () => {
  it('sends slices of 2,000 lines one after the other, and tells how far it is', async () => {
    const server = new FakeImports(unknown);
    system.answers(server.answer);
    const file = await fileOf(manyLines(20_000).replace('s2500@', 'nobody@'));
    const ran = await system.runCommand(['students', 'import', file, '--json']);
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(server.slices.map(({ length }) => length)).toEqual(Array(10).fill(2_000));
    expect(new Set(system.seen.map(({ path }) => path))).toEqual(new Set(['/api/students/import']));
    expect(JSON.parse(ran.out)).toEqual({
      file,
      dryRun: false,
      changed: 19_999,
      unchanged: 0,
      refused: [{ line: 2_502, code: 'user_not_found', detail: 'No user has nobody@uni.example.' }],
    });
    const progress = ran.err.split('\n').slice(1, -1);
    expect(progress).toHaveLength(10);
    expect(progress[0]).toBe('students 2000/20000 (10%), 0 refused');
    expect(progress[9]).toBe('students 20000/20000 (100%), 1 refused');
  });

  it('says where a line begins in the file, whatever is in the cells before it', async () => {
    system.answers(new FakeImports(unknown).answer);
    const file = await fileOf(
      'email,office,reason\n\na@x.example,Library,"two\r\nlines"\nnobody@x.example,"A ""B""",c\n"x\nb@x.example,o,r\n',
    );
    const { out } = await system.runCommand(['holds', 'import', file, '--json']);
    const { refused } = JSON.parse(out) as { refused: { line: number; code: string }[] };
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [5, 'user_not_found'],
      [6, 'invalid_line'],
    ]);
    const [sent] = system.seen;
    expect(sent?.body).toContain('"two\r\nlines"');
  });

  it('continues where an earlier run broke off', async () => {
    const server = new FakeImports();
    const file = await fileOf(manyLines(5_000));
    system.answers((request) =>
      server.slices.length === 2
        ? { status: 403, json: { code: 'forbidden', detail: 'Not yours.' } }
        : server.answer(request),
    );
    const broken = await system.runCommand(['students', 'import', file]);
    expect(broken.code).toBe(exitCodes.failed);
    expect(broken.err).toContain('Broken off at 4000 of 5000 lines. The same command continues from there.');
    system.answers(server.answer);
    const ran = await system.runCommand(['students', 'import', file]);
    expect(ran).toMatchObject({ code: exitCodes.done, out: '5000 changed, 0 unchanged, 0 refused.\n' });
    expect(ran.err).toContain('2 of 3 parts were imported by an earlier run');
    expect(server.slices.map(({ length }) => length)).toEqual([2_000, 2_000, 1_000]);
  });

  it('imports a file again that was imported whole', async () => {
    const server = new FakeImports();
    system.answers(server.answer);
    const file = await fileOf(manyLines(3));
    await system.runCommand(['students', 'import', file]);
    const again = await system.runCommand(['students', 'import', file]);
    expect(again.err).toContain('This file was imported before; importing it again ...');
    expect(server.slices).toHaveLength(2);
  });

  it('writes refused lines as a file that can be mended and imported', async () => {
    system.answers(new FakeImports(unknown).answer);
    const file = await fileOf('email;level\nnobody1@x.example;=1+1\na@x.example;senior\n"x;y\n');
    const refused = join(folder, 'refused.csv');
    await system.runCommand(['students', 'import', file, '--refused', refused]);
    const rows = readCsv(await readFile(refused), { names: ['line', 'code', 'detail', 'email', 'level'] });
    expect(rows.map((row) => 'cells' in row && row.cells)).toEqual([
      expect.objectContaining({
        line: '2',
        code: 'user_not_found',
        email: 'nobody1@x.example',
        level: '=1+1',
      }),
      expect.objectContaining({ line: '4', code: 'invalid_line', email: '', level: '' }),
    ]);
    system.answers(() => ({}));
    const missing = join(folder, 'none', 'refused.csv');
    expect(await system.runCommand(['students', 'import', file, '--refused', missing])).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('ENOENT') as string,
    });
    expect(system.seen).toEqual([]);
  });

  it.each([
    ['students', 'level\nsenior\n', 'The column email or externalId is missing'],
    ['completions', 'email;code;credits;grade\n', 'The column completedOn is missing'],
    ['holds', 'email\toffice\n', 'The separator was taken to be a tab.'],
  ])('of %s that lacks a column is wrong use: %j', async (kind, content, words) => {
    system.answers(() => ({}));
    const ran = await system.runCommand([kind, 'import', await fileOf(content)]);
    expect(ran).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining(words) as string });
    expect(system.seen).toEqual([]);
    const none = await system.runCommand([kind, 'import', join(folder, 'none.csv')]);
    expect(none).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining('ENOENT') as string });
  });
});

describe('duplicates over the whole file', () => {
  const far = Array.from({ length: 2_000 }, (_, at) => `f${at}@x.example`);
  const refusedOf = async (kind: string, lines: string[], server = new FakeImports(unknown)) => {
    system.answers(server.answer);
    const { out } = await system.runCommand([kind, 'import', await fileOf(lines.join('\n')), '--json']);
    const { refused } = JSON.parse(out) as { refused: { line: number; code: string; detail: string }[] };
    return refused;
  };
  const duplicate = (line: number, counts: number) => {
    return { line, code: 'duplicate_line', detail: `Line ${counts} is about the same; that one counts.` };
  };

  it('are the same person', async () => {
    const server = new FakeImports();
    const lines = [
      'email,level',
      'A@x.example,junior',
      ...far.map((each) => `${each},x`),
      'a@X.example,senior',
    ];
    expect(await refusedOf('students', lines, server)).toEqual([duplicate(2, 2_003)]);
    expect(server.slices.flat().filter(({ email }) => email?.toLowerCase() === 'a@x.example')).toHaveLength(
      1,
    );
  });

  it('are the same person, code in any case, and date', async () => {
    const line = (email: string, code: string, date = '2026-05-15') => `${email},${code},3,A,${date}`;
    const lines = [
      'email,code,credits,grade,completedOn',
      line('a@x.example', 'math 1'),
      line('a@x.example', 'MATH 1', '2026-05-16'),
      ...far.map((each) => line(each, 'X')),
      line('a@x.example', 'MATH 1'),
    ];
    expect(await refusedOf('completions', lines)).toEqual([duplicate(2, 2_004)]);
  });

  it('are the same person, office, reason and blocks in any order', async () => {
    const lines = [
      'externalId,office,reason,blocks',
      '1,Library,Fee,',
      '1,Library,Fee,drop|enroll',
      '1,Library,Other,enroll',
      ...far.map((each) => `${each},o,r,`),
      '1,Library,Fee,enroll',
      '1,Library,Fee,enroll | drop',
    ];
    expect(await refusedOf('holds', lines)).toEqual([duplicate(2, 2_005), duplicate(3, 2_006)]);
  });

  it('count from the last line that is one: earlier ones stand where it is refused as none', async () => {
    const judge = ({ email = '', level }: { email?: string; level?: string }) =>
      level === 'bad' ? { code: 'invalid_line', detail: 'level: no.' } : unknown({ email });
    const server = new FakeImports(judge);
    const lines = [
      'email,level',
      'a@x.example,junior',
      'a@x.example,senior',
      ...far.map((each) => `${each},x`),
      'a@x.example,bad',
    ];
    expect(await refusedOf('students', lines, server)).toEqual([
      duplicate(2, 3),
      { line: 2_004, code: 'invalid_line', detail: 'level: no.' },
    ]);
    expect(server.slices.at(-1)?.map(({ level }) => level)).toEqual(['junior', 'senior']);
  });

  it('are none of lines that name nobody', async () => {
    const judge = ({ email = '' }: { email?: string }) =>
      email === '' ? { code: 'invalid_line', detail: 'Nobody.' } : undefined;
    const lines = ['email,note,level', ',x,', ',y,', 'a@x.example,,'];
    const refused = await refusedOf('students', lines, new FakeImports(judge));
    expect(refused.map(({ line }) => line)).toEqual([2, 3]);
  });
});
