import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from './faults.ts';
import { StubSystem, notFound } from './testing/stub-system.ts';

let system: StubSystem;
let folder: string;

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'registrar-tool-'));
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

const session = gatewayRoutes.login.answers[200].example;
const course = {
  ...courseRoutes.getCourse.answers[200].example,
  id: 'crs_a',
  code: 'MATH 101',
  title: 'Algebra',
  status: 'closed',
};

describe('the command line', () => {
  it('tells how it is used where it is used otherwise, and asks the server nothing', async () => {
    system.answers(() => ({}));
    for (const args of [
      [],
      ['nonsense'],
      ['import'],
      ['export-rosters'],
      ['open'],
      ['waitlist', 'a', 'b'],
      ['users'],
      ['users', 'set-external-id', 'ada@registrar.example'],
      ['students'],
      ['students', 'import'],
      ['completions', 'import', '--dry-run'],
      ['holds', 'place', '--email', 'ada@registrar.example', '--office', 'Library'],
      ['holds', 'release'],
      ['semester', 'tickets'],
      ['catalogue'],
      ['catalogue', 'import'],
      ['catalogue', 'import', 'nothing.jsonl', '--semester', 'fall'],
      ['--nope'],
    ])
      expect(await system.runCommand(args), args.join(' ')).toMatchObject({ code: exitCodes.usage, out: '' });
    expect((await system.runCommand(['--help'])).code).toBe(exitCodes.done);
    expect(await system.runCommand(['open', 'crs_a'], {})).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('REGISTRAR_PASSWORD') as string,
    });
    expect(system.seen).toEqual([]);
  });

  it('signs in by mail and password from the environment, once, and again when the token has expired', async () => {
    let token = 0;
    system.answers(({ path, headers }) => {
      if (path === '/api/auth/login') return { json: { ...session, accessToken: `token-${++token}` } };
      if (headers['authorization'] === 'Bearer token-1')
        return { status: 401, json: { code: 'unauthorized', detail: 'Expired.' } };
      return { json: { ...course, status: 'open' } };
    });
    const environment = { REGISTRAR_PASSWORD: 'correct horse battery' };
    const { code, out, err } = await system.runCommand(
      ['open', 'crs_a', '--email', 'desk@registrar.example'],
      environment,
    );
    expect(code).toBe(exitCodes.done);
    expect(system.seen.map(({ path }) => path)).toEqual([
      '/api/auth/login',
      '/api/courses/crs_a',
      '/api/auth/login',
      '/api/courses/crs_a',
    ]);
    expect(out + err).not.toMatch(/horse|token-/);
  });

  it('says what the server says, in words and without secrets', async () => {
    const errors = [{ path: 'header', message: 'The column courseId is missing.' }];
    system.answers(() => ({
      status: 422,
      json: { code: 'validation_failed', detail: 'One field is not valid.', errors },
    }));
    const ran = await system.runCommand(['waitlist', 'crs_a'], { REGISTRAR_TOKEN: 'secret-token' });
    expect(ran).toMatchObject({ code: exitCodes.failed, out: '' });
    expect(ran.err).toContain(
      'One field is not valid. (validation_failed)\n  header: The column courseId is missing.',
    );
    expect(ran.err).not.toContain('secret-token');
  });

  it('fails clearly on what is no answer of the API', async () => {
    for (const answer of [{ status: 500, text: '<html>' }, { text: '{}' }, { status: 404, json: notFound }]) {
      system.answers(() => answer);
      expect(await system.runCommand(['open', 'crs_a'])).toMatchObject({ code: exitCodes.failed, out: '' });
    }
  });
});

describe('exporting rosters', () => {
  it('writes one file a course of all pages, each whole', async () => {
    const out = join(folder, 'rosters');
    let broken = 0;
    system.answers(({ path, headers }) => {
      const url = new URL(path, system.url);
      if (url.pathname === '/api/courses')
        return url.searchParams.has('cursor')
          ? {
              json: {
                items: [
                  { ...course, id: 'crs_b', code: '../up' },
                  { ...course, id: 'crs_c', code: 'M&E/A 101' },
                ],
                nextCursor: null,
              },
            }
          : { json: { items: [course], nextCursor: 'next' } };
      if (headers['accept'] !== 'text/csv') return { status: 500, text: '' };
      if (url.pathname.includes('crs_b') && ++broken === 1)
        return { headers: { 'content-type': 'text/csv' }, text: 'half', hangUp: true };
      return { headers: { 'content-type': 'text/csv' }, text: `roster of ${url.pathname}\r\n` };
    });
    const ran = await system.runCommand(['export-rosters', '--semester', 'fall', '--out', out, '--json']);
    expect(ran).toMatchObject({ code: exitCodes.done, err: 'rosters 3/3\n' });
    const names = ['MATH_101-1-crs_a.csv', 'M_E_A_101-1-crs_c.csv', '__up-1-crs_b.csv'];
    const { files } = JSON.parse(ran.out) as { files: { file: string }[] };
    expect((await readdir(out)).sort()).toEqual(names);
    for (const { file } of files) expect(await readFile(file, 'utf8')).toMatch(/^roster of .*\r\n$/);
    expect(system.seen[0]?.path).toBe('/api/courses?semesterId=fall&limit=100');
  });

  it('says so where a semester has no courses, and writes nothing', async () => {
    const out = join(folder, 'none');
    system.answers(() => ({ json: { items: [], nextCursor: null } }));
    expect(await system.runCommand(['export-rosters', '--semester', 'autumn', '--out', out])).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('autumn has no courses, or there is no such semester.'),
    });
    expect(await readdir(folder)).not.toContain('none');
  });

  it('leaves no half file where a roster cannot be had', async () => {
    const out = join(folder, 'failed');
    system.answers(({ path }) =>
      path.startsWith('/api/courses?')
        ? { json: { items: [course], nextCursor: null } }
        : { status: 403, json: { code: 'forbidden', detail: 'Not yours.' } },
    );
    expect(await system.runCommand(['export-rosters', '--semester', 'fall', '--out', out])).toMatchObject({
      code: exitCodes.failed,
      err: 'Not yours. (forbidden)\n',
    });
    expect(await readdir(out)).toEqual([]);
  });
});

describe('opening and closing a course', () => {
  it('changes what it has read, and reads again where others were quicker', async () => {
    let version = 1;
    system.answers(({ method, headers }) => {
      if (method === 'GET') return { headers: { etag: `"${version}.x"` }, json: course };
      if (version === 1) {
        version = 2;
        return { status: 412, json: { code: 'version_conflict', detail: 'Changed meanwhile.' } };
      }
      return headers['if-match'] === '"2.x"'
        ? { json: { ...course, status: 'open' } }
        : { status: 500, text: '' };
    });
    const ran = await system.runCommand(['--json', 'open', 'crs_a']);
    expect(ran.code).toBe(exitCodes.done);
    expect(JSON.parse(ran.out)).toEqual({
      courseId: 'crs_a',
      code: 'MATH 101',
      section: '1',
      status: 'open',
      changed: true,
    });
  });

  it('leaves one that is so already', async () => {
    system.answers(() => ({ json: course }));
    expect(await system.runCommand(['close', 'crs_a'])).toMatchObject({
      code: 0,
      out: 'MATH 101-1 is already closed.\n',
    });
    expect(system.seen.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('the waitlist', () => {
  it('is shown in its order, with nothing that a terminal would obey', async () => {
    const [example] = enrollmentRoutes.getRoster.answers[200].example.items;
    const entry = (position: number, userName: string | null) => ({
      ...example,
      id: `enr_${position}`,
      userId: `usr_${position}`,
      userName,
      userEmail: `${position}@registrar.example`,
      waitlistPosition: position,
      enrolledAt: '2027-01-01T00:00:00.000Z',
    });
    system.answers(({ path }) =>
      path.includes('/roster?status=waitlisted')
        ? { json: { items: [entry(2, null), entry(1, 'Ada\u001B[2J Moss')], nextCursor: null } }
        : { json: course },
    );
    const { out } = await system.runCommand(['waitlist', 'crs_a']);
    expect(out).toBe(
      '2 wait for MATH 101-1 Algebra:\n' +
        '1  Ada [2J Moss  1@registrar.example  2027-01-01T00:00:00.000Z\n' +
        '2  -             2@registrar.example  2027-01-01T00:00:00.000Z\n',
    );
    const { out: json } = await system.runCommand(['waitlist', 'crs_a', '--json']);
    expect(JSON.parse(json)).toMatchObject({ waiting: [{ position: 1 }, { position: 2, userName: null }] });
  });
});

describe('setting an external id', () => {
  const command = ['users', 'set-external-id', 'ada@registrar.example', '4711'];
  const user = {
    ...gatewayRoutes.getUser.answers[200].example,
    id: 'usr_a',
    email: 'ada@registrar.example',
    externalId: null as string | null,
  };
  const pageOf = (...items: object[]) => ({ json: { items, nextCursor: null } });

  it('finds the user by email and changes nothing else', async () => {
    system.answers(({ method }) =>
      method === 'GET' ? pageOf(user) : { json: { ...user, externalId: '4711' } },
    );
    expect(await system.runCommand(command)).toMatchObject({
      code: exitCodes.done,
      out: 'The external id of ada@registrar.example is now 4711.\n',
    });
    const [find, change] = system.seen;
    expect(find?.path).toBe('/api/users?email=ada%40registrar.example');
    expect(change).toMatchObject({
      method: 'PATCH',
      path: '/api/users/usr_a',
      body: '{"externalId":"4711"}',
    });
  });

  it('leaves one that is so already', async () => {
    system.answers(() => pageOf({ ...user, externalId: '4711' }));
    const { out } = await system.runCommand([...command, '--json']);
    expect(JSON.parse(out)).toEqual({
      userId: 'usr_a',
      email: user.email,
      externalId: '4711',
      changed: false,
    });
    expect(system.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('says so where nobody has the email, or another user has the id', async () => {
    system.answers(() => pageOf());
    expect(await system.runCommand(command)).toMatchObject({
      code: exitCodes.failed,
      err: 'Nobody has the email ada@registrar.example. (user_not_found)\n',
    });
    const taken = { code: 'external_id_taken', detail: 'Another user has this external id.' };
    system.answers(({ method }) => (method === 'GET' ? pageOf(user) : { status: 409, json: taken }));
    expect(await system.runCommand(command)).toMatchObject({
      code: exitCodes.failed,
      err: 'Another user has this external id. (external_id_taken)\n',
    });
  });
});
