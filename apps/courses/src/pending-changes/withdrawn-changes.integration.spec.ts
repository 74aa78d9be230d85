import { TransactionCancelled } from '@registrar/dynamodb';
import { randomUUID } from 'node:crypto';
import type { Course, CourseState } from '@registrar/contracts-courses';
import { idempotentRequest } from '@registrar/idempotency';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CourseChangeStore } from '../changes/course-change.store.ts';
import { reservationKey } from '../catalogue/course.codec.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import { semesterBody, semesterState } from '../testing/semesters.ts';
import { EnrollmentsClient } from './enrollments.client.ts';

describe('a change that is withdrawn', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterAll(() => system.stop());

  const nextCode = () => `WD-${(number += 1)}`;
  const create = async (): Promise<CourseState> => {
    const made = await system.create({ code: nextCode(), capacity: 10 });
    const { enrolledCount: _e, waitlistedCount: _w, seatsAvailable: _s, ...state } = made;
    return state;
  };
  const pendingChangeOf = (state: CourseState) =>
    ({ token: newId('int'), change: 'updated', state, actorId: 'usr_1', leasedUntil: 1 }) as const;
  const patch = (id: string, body: unknown, ifMatch: string) =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      headers: { 'if-match': ifMatch },
    });

  it('leaves its version to none, so that a late copy of it hides no change that follows', async () => {
    const course = await create();
    const withdrawn = { ...course, capacity: 8, version: 2 };
    const store = system.get(CourseChangeStore);
    const pending = pendingChangeOf(withdrawn);
    await store.begin(pending, 1);
    await store.withdraw(pending);
    await system.get(EnrollmentsClient).putOffering(withdrawn, 'usr_1');
    const closed = await patch(course.id, { status: 'closed' }, '"1"');
    expect(closed.body).toMatchObject({ status: 'closed', version: 3 });
    const announced = system.enrollments.offerings.get(course.id)?.offering;
    expect(announced).toMatchObject({ status: 'closed', capacity: 10, version: 3 });
  });

  it('leaves its version to none that was decided before it was withdrawn', async () => {
    const course = await create();
    const store = system.get(CourseChangeStore);
    const [withdrawn, decidedBefore] = [8, 12].map((capacity) =>
      pendingChangeOf({ ...course, capacity, version: 2 }),
    );
    if (!withdrawn || !decidedBefore) throw new Error('There are two.');
    await store.begin(withdrawn, 1);
    await store.withdraw(withdrawn);
    await expect(store.begin(decidedBefore, 1)).rejects.toThrow('cancelled');
    expect((await store.read(course.id))?.lastVersion).toBe(2);
  });

  it('and was to make a course leaves its id to no later creation under the same key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const call = { as: 'registrar', headers } as const;
    const request = idempotentRequest({ method: 'POST', url: '/api/courses', headers }, 'usr_registrar');
    const [code, { name }] = [nextCode(), system.dynamo.tables];
    const made = await system.call<Course>('POST /api/courses', { ...call, body: courseBody({ code }) });
    const { id, version } = made.body;
    // As if it had been withdrawn, and its answer forgotten after 24 h.
    await system.dynamo.batchWrite([
      { table: name('courses'), put: { id, last_version: version } },
      { table: name('courses'), delete: { id: reservationKey(made.body) } },
      { table: name('idempotent_requests'), delete: { id: request?.id } },
    ]);
    const body = courseBody({ code, capacity: 7 });
    const again = await system.call<Course>('POST /api/courses', { ...call, body, instance: 1 });
    expect(again.status).toBe(201);
    expect(system.enrollments.offerings.get(again.body.id)?.offering).toMatchObject({ code, capacity: 7 });
    expect(again.body.id).not.toBe(id);
  });

  it('and was to make a semester leaves its version to none', async () => {
    const store = system.get(SemesterChangeStore);
    const id = '2029-fall';
    const body = { ...semesterBody, name: 'Fall 2029', current: false };
    const state = semesterState({ id, name: 'Fall 2029', current: false });
    const pending = { token: newId('int'), state, actorId: 'usr_1', leasedUntil: 1 };
    await store.begin(pending, undefined);
    await store.withdraw(pending);
    expect((await system.call(`GET /api/semesters/${id}`)).status).toBe(404);
    const next = store.begin({ ...pending, token: newId('int') }, undefined);
    await expect(next).rejects.toBeInstanceOf(TransactionCancelled);
    const put = await system.call(`PUT /api/semesters/${id}`, { as: 'registrar', body });
    expect(put.body).toMatchObject({ name: 'Fall 2029', version: 2 });
    expect(system.enrollments.semesters.get(id)).toMatchObject({ version: 2 });
  });
});
