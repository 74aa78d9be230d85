import { randomUUID } from 'node:crypto';
import type { Course } from '@registrar/contracts-courses';
import { newId } from '@registrar/service';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { CourseChangeStore } from '../changes/course-change.store.ts';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import type { Call } from '../testing/courses-system.ts';
import { courseState } from '../testing/courses.ts';
import { semesterBody } from '../testing/semesters.ts';
import { PendingChangeSweeper } from './pending-change-sweeper.ts';

describe('a change that enrollments must agree to', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterEach(async () => {
    system.store.clear();
    system.enrollments.mode = 'well';
    system.enrollments.delayMs = 0;
    await system.enrollments.stop();
    await system.enrollments.start();
  });
  afterAll(() => system.stop());

  const nextCode = () => `AG-${(number += 1)}`;
  const post = (body: unknown, call: Call = {}) =>
    system.call<Course>('POST /api/courses', { as: 'registrar', body, ...call });
  const patch = (id: string, body: unknown, ifMatch: string, instance = 0) =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      instance,
      headers: { 'if-match': ifMatch },
    });
  const shown = async (code: string) => {
    const { body } = await system.call<{ items: Course[] }>(`GET /api/courses?q=${code}&limit=100`);
    return body.items.filter((course) => course.code === code);
  };
  /** What the other instance made: this one receives an event, so its list may be a second behind. */
  const shownSoon = (course: Course) =>
    vi.waitFor(async () => expect(await shown(course.code)).toEqual([course]), { timeout: 10_000 });

  it.each([
    ['is away', () => system.enrollments.stop()],
    ['is broken', () => Promise.resolve((system.enrollments.mode = 'broken'))],
    ['loses its answers', () => Promise.resolve((system.enrollments.mode = 'lose'))],
    ['is too slow', () => Promise.resolve((system.enrollments.delayMs = 3_500))],
  ])('is a 503 or 504 while it %s, shows nowhere, and the same key gets the truth later', async (_, fail) => {
    const [code, headers] = [nextCode(), { 'idempotency-key': randomUUID() }];
    // What is there already is known, with its counts, before enrollments fails.
    expect(await shown(code)).toEqual([]);
    await fail();
    const first = await post(courseBody({ code }), { headers });
    expect([503, 504]).toContain(first.status);
    expect(first.headers['retry-after']).toBe('1');
    expect(await shown(code)).toEqual([]);
    system.enrollments.mode = 'well';
    system.enrollments.delayMs = 0;
    await system.enrollments.start().catch(() => undefined);
    const again = await post(courseBody({ code }), { headers, instance: 1 });
    expect(again.status).toBe(201);
    await shownSoon(again.body);
    expect(system.enrollments.offerings.get(again.body.id)?.offering.version).toBe(1);
  });

  it('is carried out by the sweeper where nobody asks again, with its event and its kept answer', async () => {
    const [code, headers] = [nextCode(), { 'idempotency-key': randomUUID() }];
    system.enrollments.mode = 'broken';
    expect((await post(courseBody({ code }), { headers })).status).toBe(503);
    system.enrollments.mode = 'well';
    await until(async () => (await shown(code)).length === 1);
    const again = await post(courseBody({ code }), { headers });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(await shown(code)).toEqual([again.body]);
  });

  it('that was never answered is brought to its end by the next one, which then goes by its own version', async () => {
    const { id } = await system.create({ code: nextCode() });
    system.enrollments.mode = 'broken';
    expect((await patch(id, { title: 'First' }, '"1"')).status).toBe(503);
    expect((await system.call(`GET /api/courses/${id}`)).body).toMatchObject({ version: 1 });
    system.enrollments.mode = 'well';
    expect((await patch(id, { capacity: 50 }, '"1"', 1)).status).toBe(412);
    const next = await patch(id, { capacity: 50 }, '"2"', 1);
    expect(next.body).toMatchObject({ title: 'First', capacity: 50, version: 3 });
    expect(system.enrollments.offerings.get(id)?.offering).toMatchObject({ capacity: 50, version: 3 });
  });

  it('whose instance died is finished by any other: before enrollments was told, and after', async () => {
    for (const wasPublished of [false, true]) {
      const course = await system.create({ code: nextCode() });
      const { enrolledCount: _e, waitlistedCount: _w, seatsAvailable: _s, ...before } = course;
      const state = { ...before, status: 'closed', version: 2 } as const;
      const store = system.get(CourseChangeStore);
      const pending = {
        token: newId('int'),
        change: 'updated',
        state,
        actorId: 'usr_1',
        leasedUntil: 1,
      } as const;
      await store.begin(pending, 1);
      if (wasPublished) await store.requestApproval(pending);
      await system.get(PendingChangeSweeper, 1).sweep();
      expect((await patch(course.id, {}, '"2"')).body).toMatchObject({ status: 'closed', version: 2 });
      expect(system.enrollments.offerings.get(course.id)?.offering.status).toBe('closed');
    }
  });

  it('that is refused after its instance died is withdrawn, and the next has a version beyond it', async () => {
    const course = await system.create({ code: nextCode(), capacity: 10 });
    system.enrollments.fill(course.id, 5);
    const store = system.get(CourseChangeStore);
    const { enrolledCount: _e, waitlistedCount: _w, seatsAvailable: _s, ...before } = course;
    const state = { ...before, capacity: 2, version: 2 };
    await store.begin({ token: newId('int'), change: 'updated', state, actorId: 'usr_1', leasedUntil: 1 }, 1);
    const next = await patch(course.id, { capacity: 6 }, '"1"');
    expect(next.body).toMatchObject({ capacity: 6, version: 3 });
  });

  it('waits for another instance that has it in work, and does not work at it twice', async () => {
    const { id } = await system.create({ code: nextCode() });
    system.enrollments.delayMs = 300;
    const calls = system.enrollments.calls.length;
    const [first, second] = await Promise.all([
      patch(id, { title: 'One' }, '*', 0),
      patch(id, { capacity: 12 }, '*', 1),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const puts = system.enrollments.calls.slice(calls).filter(({ path }) => path.endsWith(id));
    expect(puts).toHaveLength(2);
    const read = async () => (await system.call(`GET /api/courses/${id}`)).body;
    await until(async () => (await read())['version'] === 3);
    expect(await read()).toMatchObject({ title: 'One', capacity: 12 });
  });

  it.each([
    ['hangs up before the commit', 'hang-up' as const],
    ['loses the answer of the commit', 'lose-answer' as const],
    ['refuses for a moment', 'throttle' as const],
  ])('stands where the store %s once', async (_, fault) => {
    const code = nextCode();
    let transactions = 0;
    const isCommit = () => (transactions += 1) === 2;
    system.store.when({ operation: 'TransactWriteItems', call: isCommit }, fault, 1);
    const answer = await post(courseBody({ code }), { headers: { 'idempotency-key': randomUUID() } });
    expect(answer.status).toBe(201);
    expect(answer.headers['idempotency-replayed']).toBeUndefined();
    expect(await shown(code)).toEqual([answer.body]);
  });

  it('is a 503 while the store is away, and the same key gets the truth when it is back', async () => {
    const [code, headers] = [nextCode(), { 'idempotency-key': randomUUID() }];
    let transactions = 0;
    const rule = system.store.when(
      { operation: 'TransactWriteItems', call: () => (transactions += 1) > 1 },
      'unavailable',
    );
    expect((await post(courseBody({ code }), { headers })).body).toMatchObject({
      code: 'service_unavailable',
    });
    rule.end();
    const again = await post(courseBody({ code }), { headers, instance: 1 });
    expect(again.status).toBe(201);
    await shownSoon(again.body);
  });

  it('of a semester follows the same way', async () => {
    const put = (name: string, instance = 0) =>
      system.call('PUT /api/semesters/2027-spring', {
        as: 'registrar',
        instance,
        body: { ...semesterBody, name, current: false },
      });
    system.enrollments.mode = 'broken';
    expect((await put('Spring')).status).toBe(503);
    expect((await system.call('GET /api/semesters/2027-spring')).status).toBe(404);
    const early = await post(courseBody({ code: nextCode(), semesterId: '2027-spring' }));
    expect(early.status).toBe(422);
    system.enrollments.mode = 'well';
    expect((await put('Spring 2027', 1)).body).toMatchObject({ name: 'Spring 2027', version: 2 });
    expect(system.enrollments.semesters.get('2027-spring')).toMatchObject({ version: 2 });
  });

  it('leaves no pending change behind that was for a made-up course', async () => {
    const store = system.get(CourseChangeStore);
    const state = courseState({ id: newId('crs'), code: nextCode() });
    const pending = {
      token: newId('int'),
      change: 'created',
      state,
      actorId: 'usr_1',
      leasedUntil: 1,
      takes: `code#2026-fall#${state.code}#1`,
    } as const;
    await store.begin(pending, undefined);
    await store.withdraw(pending);
    expect(await store.read(state.id)).toEqual({ state: undefined, pending: undefined, lastVersion: 1 });
    expect((await system.call(`GET /api/courses/${state.id}`)).status).toBe(404);
    expect((await post(courseBody({ code: state.code }))).status).toBe(201);
  });
});
