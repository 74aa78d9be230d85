import type { Plan, PlanCheck, PlanRequest } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

const hour = 3_600_000;
const from = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
const opensAt = from(24);

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall', {
    enrollmentOpensAt: opensAt,
    tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: from(12) }],
  });
  await system.semester('spring');
});
afterAll(() => system.stop());

type Answered = Plan & { code: string; errors: { path: string; code: string; message: string }[] };

const getPlan = (user: string, semesterId = 'fall') =>
  system.sendRequest<Answered>({ user, path: `/api/plans/${semesterId}` });

const putPlan = (user: string, body: object, call: Partial<Call> = {}) =>
  system.sendRequest<Answered>({ user, method: 'PUT', path: '/api/plans/fall', body, ...call });

const checkPlan = (user: string, semesterId = 'fall') =>
  system.sendRequest<PlanCheck & { code: string }>({
    user,
    method: 'POST',
    path: `/api/plans/${semesterId}/check`,
  });

/** A plan of entries with one course in each choice. */
function planOf(...entries: string[][]): PlanRequest {
  return {
    armed: false,
    entries: entries.map((choices) => ({
      joinWaitlist: false,
      choices: choices.map((courseId) => ({ courses: [{ courseId }] })),
    })),
  };
}

describe('a plan', () => {
  it('is an empty one until it is put, and then what was put', async () => {
    const user = newId('usr');
    const empty = { semesterId: 'fall', entries: [], armed: false, version: 0, drawId: null, run: null };
    expect(await getPlan(user)).toMatchObject({ status: 200, body: empty });
    const { entries } = planOf([await system.course(), await system.course()]);
    const { status, body, headers } = await putPlan(user, { entries, armed: false });
    expect([status, body]).toEqual([200, { ...empty, entries, version: 1 }]);
    const read = await getPlan(user);
    expect(read.body).toEqual(body);
    expect(String(headers['etag'])).toMatch(/^"1\./);
    expect(read.headers['etag']).toBe(headers['etag']);
    expect((await putPlan(user, { entries, armed: false })).body.version).toBe(1);
    expect((await putPlan(user, { entries: [], armed: false })).body).toEqual({ ...empty, version: 2 });
    expect((await getPlan(newId('usr'))).body.version).toBe(0);
  });

  it('honours If-Match where it is sent, also that of the empty one', async () => {
    const user = newId('usr');
    const plan = planOf([await system.course()]);
    const withTag = (tag: string, body: object) => putPlan(user, body, { headers: { 'if-match': tag } });
    const stale = await withTag('"1"', plan);
    expect(stale).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect((await withTag(String((await getPlan(user)).headers['etag']), plan)).status).toBe(200);
    expect((await withTag('"0"', planOf())).status).toBe(412);
    expect((await withTag('"1"', planOf())).body.version).toBe(2);
  });

  it('is stored once where it is put several times at once', async () => {
    const user = newId('usr');
    const ids = await Promise.all([system.course(), system.course(), system.course()]);
    const answers = await Promise.all(ids.map((id) => putPlan(user, planOf([id]))));
    expect(answers.map(({ body }) => body.version).sort()).toEqual([1, 2, 3]);
    expect((await getPlan(user)).body.version).toBe(3);
  });

  it('is refused with every fault', async () => {
    const courseId = await system.course();
    const other = await system.course({ semesterId: 'spring' });
    const draft = await system.course({ status: 'draft' });
    const ofDraft = await system.course({ status: 'draft', crossListedOf: draft });
    expect((await putPlan(newId('usr'), planOf([ofDraft]))).body.errors).toMatchObject([
      { code: 'not_found' },
    ]);
    const plan = planOf([courseId, 'crs_unknown', draft], [other], [courseId]);
    const { status, body } = await putPlan(newId('usr'), { ...plan, armed: true });
    expect(status).toBe(422);
    expect(body.errors.map(({ path, code }) => [path, code])).toEqual([
      ['armed', 'inconsistent'],
      ['entries.0.choices.1.courses.0.courseId', 'not_found'],
      ['entries.0.choices.2.courses.0.courseId', 'not_found'],
      ['entries.1.choices.0.courses.0.courseId', 'inconsistent'],
      ['entries.2.choices.0.courses.0.courseId', 'inconsistent'],
    ]);
    for (const body of [{ entries: [] }, { armed: false }, { ...planOf([]), armed: false }])
      expect((await putPlan(newId('usr'), body)).status).toBe(422);
  });

  it('is of a semester that there is, and of who is signed in', async () => {
    const unknown = { status: 404, body: { code: 'semester_not_found' } };
    const user = newId('usr');
    expect(await getPlan(user, 'never')).toMatchObject(unknown);
    expect(await putPlan(user, planOf(), { path: '/api/plans/never' })).toMatchObject(unknown);
    expect(await checkPlan(user, 'never')).toMatchObject(unknown);
    expect((await system.sendRequest({ path: '/api/plans/fall' })).status).toBe(401);
  });
});

describe('the check of a plan', () => {
  it('says what it would come to at the own opening, entry by entry, and writes nothing', async () => {
    const meetings = [{ day: 'mon' as const, start: '09:00', end: '10:00', room: 'A1' }];
    const full = await system.course({ capacity: 0, waitlistCapacity: 5 });
    const algebra = await system.course({ meetings });
    const physics = await system.course({ meetings });
    const drawing = await system.course();
    const user = system.person();
    const plan = planOf([full, algebra], [physics, drawing], [await system.course()]);
    await putPlan(user, plan);
    const { status, body } = await checkPlan(user);
    expect(status).toBe(200);
    expect(body.opensAt).toBe(opensAt);
    expect(body.entries.map(({ chosen }) => chosen)).toEqual([1, 1, 0]);
    const [first, second] = body.entries;
    expect(first?.choices[0]?.problems).toMatchObject([{ courseId: full, code: 'seat_unavailable' }]);
    expect(second?.choices[0]?.problems).toMatchObject([
      { courseId: physics, code: 'time_conflict', conflicts: [algebra] },
    ]);
    const own = await system.sendRequest({ user, path: '/api/enrollments/me' });
    expect(own.body['items']).toEqual([]);
    expect((await getPlan(user)).body.version).toBe(1);
  });

  it('chooses a place on the waitlist where one is asked for', async () => {
    const full = await system.course({ capacity: 0, waitlistCapacity: 5 });
    const user = newId('usr');
    const { entries } = planOf([full]);
    await putPlan(user, { entries, armed: false });
    expect((await checkPlan(user)).body.entries[0]?.chosen).toBeNull();
    await putPlan(user, { entries: entries.map((each) => ({ ...each, joinWaitlist: true })), armed: false });
    expect((await checkPlan(user)).body.entries).toEqual([{ chosen: 0, choices: [{ problems: [] }] }]);
  });

  it('says the own opening, and shows what stands in the way then', async () => {
    const user = system.person();
    const path = `/api/students/${user}`;
    const change = { ...registrar, method: 'PATCH' as const, path, headers: { 'if-match': '*' } };
    await system.sendRequest({ ...change, body: { level: 'senior' } });
    await putPlan(user, planOf([await system.course()]));
    const senior = await checkPlan(user);
    expect(Date.parse(senior.body.opensAt)).toBeLessThan(Date.parse(opensAt));
    expect(senior.body.entries[0]?.chosen).toBe(0);
    const hold = { userId: user, office: 'Student Accounts', reason: 'A fee is open.' };
    await system.sendRequest({ ...registrar, method: 'POST', path: '/api/holds', body: hold });
    expect((await checkPlan(user)).body.entries).toMatchObject([
      { chosen: null, choices: [{ problems: [{ code: 'hold' }] }] },
    ]);
  });

  it('judges an open semester as of now, with what is held already', async () => {
    const courseId = await system.course({ semesterId: 'spring' });
    const user = newId('usr');
    const path = '/api/plans/spring';
    await putPlan(user, planOf([courseId]), { path });
    expect((await checkPlan(user, 'spring')).body.entries[0]?.chosen).toBe(0);
    await system.enroll(user, courseId);
    expect((await checkPlan(user, 'spring')).body.entries).toMatchObject([
      { chosen: null, choices: [{ problems: [{ courseId, code: 'already_enrolled' }] }] },
    ]);
  });

  it('takes two calls of the store, whatever the plan names', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => system.course()));
    const user = newId('usr');
    const plan = planOf(...[0, 5, 10, 15].map((at) => ids.slice(at, at + 5)));
    expect((await putPlan(user, plan)).status).toBe(200);
    await checkPlan(user);
    const dynamo = system.get(Dynamo);
    const calls = (['batchGet', 'get', 'query', 'transactGet'] as const).map((name) =>
      vi.spyOn(dynamo, name),
    );
    for (const each of [user, newId('usr')]) {
      // A sweep of the same instance may be under way: one of several tries is alone.
      const check = async () => {
        for (const spy of calls) spy.mockClear();
        expect((await checkPlan(each)).status).toBe(200);
        expect(calls.reduce((sum, spy) => sum + spy.mock.calls.length, 0)).toBeLessThanOrEqual(2);
      };
      await vi.waitFor(check, { timeout: 20_000, interval: 100 });
    }
    for (const spy of calls) spy.mockRestore();
  });
});
