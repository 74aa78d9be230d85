import { randomUUID } from 'node:crypto';
import type { Completion, RecordImportResult, Student } from '@registrar/contracts-enrollments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';
import { importFile } from '../testing/import-file.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

interface Fault {
  code: string;
  errors: { path: string; code: string }[];
}

const own = (user: string, instance = 0) =>
  system.sendRequest<Student>({ user, path: '/api/students/me', instance });

const patch = (userId: string, body: object, headers: Record<string, string> = { 'if-match': '*' }) =>
  system.sendRequest<Student & Fault>({
    ...registrar,
    method: 'PATCH',
    path: `/api/students/${userId}`,
    body,
    headers,
  });

const note = (userId: string, body: object, more: Partial<Call> = {}) =>
  system.sendRequest<Completion & Fault>({
    ...registrar,
    method: 'POST',
    path: `/api/students/${userId}/completions`,
    body,
    ...more,
  });

const completions = async (user: string) =>
  (await system.sendRequest<{ items: Completion[] }>({ user, path: '/api/students/me/completions' })).body
    .items;

const math = { code: 'MATH 101', credits: 4, grade: 'B', completedOn: '2026-05-15' };

describe("a student's record", () => {
  it('is there for everybody with an account, empty until somebody fills it', async () => {
    const user = system.person({ name: 'Ada Moss' });
    const { status, body, headers } = await own(user);
    expect(status).toBe(200);
    expect(body).toEqual({
      userId: user,
      externalId: null,
      name: 'Ada Moss',
      email: expect.stringContaining('@') as string,
      programs: [],
      level: null,
      groups: [],
      earnedCredits: 0,
      creditLimit: null,
      version: 1,
      updatedAt: null,
    });
    expect(headers['etag']).toMatch(/^"1\..+"$/);
    const again = await system.sendRequest({
      user,
      path: '/api/students/me',
      headers: { 'if-none-match': String(headers['etag']) },
    });
    expect(again.status).toBe(304);
  });

  it('is seen by its student and by registrars, by nobody else', async () => {
    const user = system.person();
    const other = system.person();
    const path = `/api/students/${user}`;
    expect((await system.sendRequest({ user, path })).status).toBe(200);
    expect((await system.sendRequest({ ...registrar, path })).status).toBe(200);
    expect(await system.sendRequest({ user: other, path })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found' },
    });
    expect((await system.sendRequest({ ...registrar, path: '/api/students/usr_unknown' })).status).toBe(404);
    expect((await system.sendRequest({ user, method: 'PATCH', path, body: { level: 'x' } })).status).toBe(
      403,
    );
  });

  it('is changed on the version that was read, and holds for the very next request on every instance', async () => {
    const user = system.person();
    const courseId = await system.course({ credits: 3 });
    expect(await patch(user, { creditLimit: 2 }, {})).toMatchObject({ status: 428 });
    const changed = await patch(
      user,
      { creditLimit: 2, programs: ['CS', 'CS'], level: 'senior' },
      { 'if-match': '"1"' },
    );
    expect(changed).toMatchObject({
      status: 200,
      body: { creditLimit: 2, programs: ['CS'], level: 'senior', groups: [], version: 2 },
    });
    expect(changed.headers['etag']).toBe((await own(user, 1)).headers['etag']);
    expect(await system.enroll(user, courseId, { instance: 1 })).toMatchObject({
      status: 409,
      body: { code: 'credit_limit_exceeded', detail: expect.stringContaining('your limit of 2') as string },
    });
    expect(await patch(user, { creditLimit: null }, { 'if-match': '"1.x"' })).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
    expect(await patch(user, { creditLimit: null }, { 'if-match': '"2"' })).toMatchObject({
      status: 200,
      body: { version: 3, level: 'senior' },
    });
    expect((await system.enroll(user, courseId)).status).toBe(201);
    expect(await patch(user, { level: 'senior' })).toMatchObject({ status: 200, body: { version: 3 } });
  });

  it.each([
    { creditLimit: 61 },
    { programs: [''] },
    { programs: ['x'.repeat(41)] },
    { level: 3 },
    { earnedCredits: 12 },
    { groups: Array.from({ length: 51 }, (_, at) => `g${at}`) },
  ])('refuses %j', async (body) => {
    const user = system.person();
    expect(await patch(user, body)).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });
});

describe('completions', () => {
  it('count each code once, by its best attempt', async () => {
    const user = system.person();
    await note(user, math);
    await note(user, { ...math, credits: 3, completedOn: '2026-12-15' });
    await note(user, { ...math, code: 'PHYS 101', grade: 'F' });
    await note(user, { ...math, code: 'CHEM 101', grade: 'P', credits: 2 });
    await note(user, { ...math, code: 'PLACEMENT', grade: null, credits: 0 });
    expect((await own(user)).body.earnedCredits).toBe(6);
    expect((await completions(user)).map(({ code }) => code)).toEqual([
      'MATH 101',
      'PLACEMENT',
      'CHEM 101',
      'PHYS 101',
      'MATH 101',
    ]);
  });

  it('are noted once, by key too', async () => {
    const user = system.person();
    const key = randomUUID();
    const first = await note(user, math, { key });
    expect(first).toMatchObject({ status: 201, body: { ...math, source: 'registrar', enrollmentId: null } });
    const replayed = await note(user, math, { key, instance: 1 });
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(replayed.body.id).toBe(first.body.id);
    expect(await note(user, { ...math, code: 'math 101' })).toMatchObject({
      status: 409,
      body: { code: 'completion_exists' },
    });
    expect(await completions(user)).toHaveLength(1);
  });

  it('are removed, but for those of enrollments', async () => {
    const user = system.person();
    const { body } = await note(user, math);
    const path = `/api/students/${user}/completions/${body.id}`;
    const removed = () => system.sendRequest<Fault>({ ...registrar, method: 'DELETE', path });
    expect((await removed()).status).toBe(204);
    expect(await removed()).toMatchObject({ status: 404, body: { code: 'completion_not_found' } });
    const courseId = await system.course();
    const { body: taken } = await system.enroll(user, courseId);
    await system.sendRequest({
      ...registrar,
      method: 'PATCH',
      path: `/api/enrollments/${taken.id}`,
      body: { status: 'completed', grade: 'A' },
    });
    const [completion] = await completions(user);
    expect(completion).toMatchObject({ source: 'enrollment', enrollmentId: taken.id, grade: 'A' });
    expect(
      await system.sendRequest({
        ...registrar,
        method: 'DELETE',
        path: `/api/students/${user}/completions/${completion?.id ?? ''}`,
      }),
    ).toMatchObject({ status: 409, body: { code: 'completion_of_enrollment' } });
  });

  it('are listed in pages', async () => {
    const user = system.person();
    for (const month of ['01', '02', '03']) await note(user, { ...math, completedOn: `2026-${month}-15` });
    const page = (cursor?: string) =>
      system.sendRequest<{ items: Completion[]; nextCursor: string | null }>({
        user,
        path: `/api/students/me/completions?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      });
    const first = (await page()).body;
    expect(first.items.map(({ completedOn }) => completedOn)).toEqual(['2026-03-15', '2026-02-15']);
    const second = (await page(first.nextCursor ?? '')).body;
    expect(second.items.map(({ completedOn }) => completedOn)).toEqual(['2026-01-15']);
    expect(second.nextCursor).toBeNull();
    expect(await page('abc')).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  });

  it.each([
    [{ ...math, grade: 'Z' }, 'grade'],
    [{ ...math, grade: '101' }, 'grade'],
    [{ ...math, credits: 0.1 }, 'credits'],
    [{ ...math, completedOn: '2026-02-30' }, 'completedOn'],
    [{ ...math, code: 'ü' }, 'code'],
  ])('refuse %j', async (body, path) => {
    const user = system.person();
    expect(await note(user, body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('meet requirements from the very next request on, and say what is missing', async () => {
    const user = system.person();
    const requirement = { any: [{ course: 'MATH 101', minGrade: 'C' }, { course: 'MATH 102' }] };
    const courseId = await system.course({ requirement, prerequisites: ['PHYS 1'] });
    await note(user, { ...math, code: 'PHYS 1' });
    await note(user, { ...math, grade: 'D' });
    expect(await system.enroll(user, courseId, { instance: 1 })).toMatchObject({
      status: 409,
      body: {
        code: 'prerequisite_not_met',
        detail: expect.stringContaining('MATH 101 with at least C, or MATH 102') as string,
        missing: requirement,
        params: { missing: requirement },
      },
    });
    await note(user, { ...math, completedOn: '2026-12-15', grade: 'C' });
    expect((await system.enroll(user, courseId, { instance: 1 })).status).toBe(201);
  });
});

describe('an import of students', () => {
  const send = (text: string, query = '') =>
    importFile<RecordImportResult>(system, `/api/students/import${query}`, text);

  it('changes what its columns say, once', async () => {
    const [a, b] = [system.person(), system.person({ externalId: 'S-17' })];
    const mail = `${a.slice(4)}@registrar.example`;
    await patch(a, { level: 'junior', groups: ['band'] });
    const text = `email;externalId;programs;groups\r\n${mail.toUpperCase()};;CS|MATH;\r\n;S-17;"ART";x\r\n`;
    expect((await send(text, '?dryRun=true')).body).toEqual({ changed: 2, unchanged: 0, refused: [] });
    expect((await own(a)).body.programs).toEqual([]);
    expect((await send(text)).body).toEqual({ changed: 2, unchanged: 0, refused: [] });
    expect((await send(text)).body).toEqual({ changed: 0, unchanged: 2, refused: [] });
    expect((await own(a)).body).toMatchObject({ programs: ['CS', 'MATH'], level: 'junior', groups: [] });
    expect((await own(b)).body).toMatchObject({ programs: ['ART'], groups: ['x'], version: 2 });
  });

  it('refuses lines by themselves, and of two about one student the earlier', async () => {
    const [a, b] = [system.person(), system.person({ externalId: 'S-18' })];
    const mail = (user: string) => `${user.slice(4)}@registrar.example`;
    const lines = [
      `${mail(a)},,61`,
      'unknown@registrar.example,,3',
      ',,3',
      `${mail(a)},S-18,3`,
      `${mail(a)},,12`,
      `${mail(b)},,9`,
      `${mail(a)},,13.5`,
      ',S-18,',
    ];
    const { body } = await send(`email,externalId,creditLimit\n${lines.join('\n')}\n`);
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'invalid_line'],
      [3, 'user_not_found'],
      [4, 'invalid_line'],
      [5, 'invalid_line'],
      [6, 'duplicate_line'],
      [7, 'duplicate_line'],
    ]);
    expect([body.changed, body.unchanged]).toEqual([1, 1]);
    expect((await own(a)).body.creditLimit).toBe(13.5);
  });

  it('is refused as a whole where it names nobody', async () => {
    expect(await send('programs\nCS\n')).toMatchObject({
      status: 422,
      body: {
        errors: [{ path: 'header', message: expect.stringContaining('email or externalId') as string }],
      },
    });
  });
});

describe('an import of completions', () => {
  const send = (text: string, query = '') =>
    importFile<RecordImportResult>(system, `/api/students/completions/import${query}`, text);
  const header = 'email,code,credits,grade,completedOn\n';

  it('notes and updates, once', async () => {
    const user = system.person();
    const mail = `${user.slice(4)}@registrar.example`;
    const text = `${header}${mail},MATH 101,4,B,2026-05-15\n${mail},PHYS 1,3,,2026-05-15\n`;
    expect((await send(text)).body).toEqual({ changed: 2, unchanged: 0, refused: [] });
    expect((await send(text)).body).toEqual({ changed: 0, unchanged: 2, refused: [] });
    const corrected = text.replace(',B,', ',A,');
    expect((await send(corrected)).body).toEqual({ changed: 1, unchanged: 1, refused: [] });
    expect(await completions(user)).toMatchObject([
      { code: 'PHYS 1', grade: null, source: 'import' },
      { code: 'MATH 101', grade: 'A' },
    ]);
    expect((await own(user)).body.earnedCredits).toBe(7);
  });

  it('refuses lines by themselves', async () => {
    const user = system.person();
    const mail = `${user.slice(4)}@registrar.example`;
    const lines = [
      `${mail},MATH 101,4,Z,2026-05-15`,
      `${mail},MATH 101,4,A,2026-02-30`,
      `${mail},MATH 101,4.1,A,2026-05-15`,
      `${mail},,4,A,2026-05-15`,
      `${mail},math 101,4,A,2026-05-15`,
      `${mail},MATH 101,4,B,2026-05-15`,
    ];
    const { body } = await send(header + lines.join('\n'));
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'invalid_line'],
      [3, 'invalid_line'],
      [4, 'invalid_line'],
      [5, 'invalid_line'],
      [6, 'duplicate_line'],
    ]);
    expect(body.changed).toBe(1);
    expect(await completions(user)).toMatchObject([{ code: 'MATH 101', grade: 'B' }]);
  });
});
