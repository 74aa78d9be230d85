import type { Department, Semester } from '@registrar/contracts-courses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { CoursesSystem } from '../testing/courses-system.ts';
import type { Call } from '../testing/courses-system.ts';
import { semesterBody } from '../testing/semesters.ts';

describe('semesters and departments', () => {
  let system: CoursesSystem;

  beforeAll(async () => {
    system = await CoursesSystem.start(2);
    await Promise.all([system.ready(0), system.ready(1)]);
  });
  afterAll(() => system.stop());

  const put = (id: string, body: object, call: Call = {}) =>
    system.call<Semester>(`PUT /api/semesters/${id}`, { as: 'registrar', body, ...call });
  const all = async (instance = 0) =>
    (await system.call<{ items: Semester[] }>('GET /api/semesters', { instance })).body.items;
  const current = async (instance = 0) =>
    (await all(instance)).filter((semester) => semester.current).map(({ id }) => id);

  it('are stated, agreed with enrollments, and read by everybody', async () => {
    const answer = await put('2026-fall', semesterBody);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id: '2026-fall',
      ...semesterBody,
      tickets: [],
      holidays: [],
      pausedAt: null,
      version: 1,
      updatedAt: expect.stringMatching(/\.\d{3}Z$/),
    });
    expect(system.enrollments.semesters.get('2026-fall')).toMatchObject({ creditLimit: 18, version: 1 });
    const one = await system.call('GET /api/semesters/2026-fall');
    expect(one.body).toEqual(answer.body);
    expect(one.headers).toMatchObject({ 'cache-control': 'public, max-age=1', etag: expect.any(String) });
    const etag = String(one.headers['etag']);
    expect([etag, answer.headers['etag']]).toEqual([expect.stringMatching(/^"1\.[^"]+"$/), etag]);
    const same = await system.call('GET /api/semesters/2026-fall', { headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    expect((await system.call('GET /api/semesters/none')).body).toMatchObject({
      status: 404,
      code: 'semester_not_found',
    });
  });

  it('that are stated the same again stay as they are', async () => {
    const { body } = await put('2026-fall', semesterBody, { instance: 1 });
    expect(body.version).toBe(1);
  });

  it('have one current at most, the last that was stated so', async () => {
    await put('2027-spring', { ...semesterBody, startsOn: '2026-10-01' });
    expect(await current()).toEqual(['2027-spring']);
    const before = await system.call<Semester>('GET /api/semesters/2026-fall');
    expect(before.body).toMatchObject({ current: false, version: 2 });
    expect((await all()).map(({ id }) => id)).toEqual(['2027-spring', '2026-fall']);
    await until(async () => (await current(1)).join() === '2027-spring');
    await put('2027-spring', { ...semesterBody, startsOn: '2026-10-01', current: false });
    expect(await current()).toEqual([]);
    await put('2026-fall', semesterBody);
    expect(await current()).toEqual(['2026-fall']);
  });

  it('have one current also when many are stated at once over two instances', async () => {
    const ids = Array.from({ length: 6 }, (_, at) => `race-${at}`);
    const answers = await Promise.all(ids.map((id, at) => put(id, semesterBody, { instance: at % 2 })));
    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.every(({ status }) => status === 503)).toBe(true);
    await until(
      async () => (await current(0)).length === 1 && (await current(1)).join() === (await current(0)).join(),
    );
  });

  it('are refused with every fault at once', async () => {
    const { status, body } = await put('x', {
      ...semesterBody,
      startsOn: '2026-12-31',
      enrollmentOpensAt: '2027-01-01T00:00:00Z',
      dropDeadlineAt: '2026-11-01T00:00:00.001Z',
      creditLimit: 61,
      current: 'yes',
      extra: 1,
    });
    expect(status).toBe(422);
    const paths = (body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path).sort();
    const expected = ['creditLimit', 'current', 'dropDeadlineAt', 'endsOn', 'enrollmentClosesAt', 'extra'];
    expect(paths).toEqual(expected);
    expect((await put('no%20spaces', semesterBody)).body).toMatchObject({
      status: 422,
      errors: [{ path: 'id' }],
    });
  });

  it('take moments of any precision and give milliseconds', async () => {
    const { body } = await put('precise', {
      ...semesterBody,
      current: false,
      dropDeadlineAt: '2026-10-01T00:00:00Z',
    });
    expect(body.dropDeadlineAt).toBe('2026-10-01T00:00:00.000Z');
  });

  it('are stated by registrars only, departments too', async () => {
    for (const path of ['semesters/mine', 'departments/MINE']) {
      const body = path.startsWith('s') ? semesterBody : { name: 'Mine' };
      expect((await system.call(`PUT /api/${path}`, { body })).status).toBe(401);
      expect((await system.call(`PUT /api/${path}`, { as: 'instructor', body })).status).toBe(403);
    }
  });

  it('as departments: stated, listed by id, seen through the other instance within a second', async () => {
    const state = (id: string, name: string) =>
      system.call<Department>(`PUT /api/departments/${id}`, { as: 'registrar', body: { name } });
    const list = async (instance: number) =>
      (await system.call<{ items: Department[] }>('GET /api/departments', { instance })).body.items;
    expect(await list(1)).toEqual([]);
    const math = await state('MATH', 'Mathematics');
    expect(math.body).toEqual({ id: 'MATH', name: 'Mathematics', version: 1, updatedAt: expect.any(String) });
    await state('ART', 'Art');
    expect((await state('ART', 'Fine Arts')).body.version).toBe(2);
    expect((await state('ART', 'Fine Arts')).body.version).toBe(2);
    expect((await list(0)).map(({ id, name }) => [id, name])).toEqual([
      ['ART', 'Fine Arts'],
      ['MATH', 'Mathematics'],
    ]);
    await until(async () => (await list(1)).length === 2, 1_000);
    const faulty = await system.call('PUT /api/departments/ART', {
      as: 'registrar',
      body: { name: '', x: 1 },
    });
    expect(faulty.body).toMatchObject({ status: 422, errors: [{ path: 'name' }, { path: 'x' }] });
  });
});
