import { randomUUID } from 'node:crypto';
import type { Course, CreateCourseRequest } from '@registrar/contracts-courses';
import { newId } from '@registrar/service';
import { until } from '@registrar/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PendingChangeSweeper } from '../pending-changes/pending-change-sweeper.ts';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import { courseState } from '../testing/courses.ts';
import { semesterBody } from '../testing/semesters.ts';
import { CourseChangeStore } from './course-change.store.ts';

const monday = { day: 'mon' as const, start: '09:00', end: '10:00', room: 'A 1' };
const classFields = {
  waitlistCapacity: 7,
  meetings: [monday],
  instructorIds: ['usr_teacher'],
  status: 'draft' as const,
  reservations: [{ name: 'Honors', seats: 5, match: { groups: ['honors'] }, releasesAt: null }],
};

describe('a cross-listed course', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
    const body = { ...semesterBody, name: 'Spring 2027', current: false };
    await system.call('PUT /api/semesters/2027-spring', { as: 'registrar', body });
  });
  afterEach(() => void (system.enrollments.mode = 'well'));
  afterAll(() => system.stop());

  const nextCode = () => `XL-${(number += 1)}`;
  const create = (fields: Partial<CreateCourseRequest> = {}) =>
    system.create({ code: nextCode(), ...fields });
  const post = (fields: object) => {
    const { capacity: _capacity, ...body } = courseBody({ code: nextCode() });
    return system.call<Course>('POST /api/courses', { as: 'registrar', body: { ...body, ...fields } });
  };
  const crossList = async (ofClass: Course, fields: object = {}) => {
    const made = await post({ crossListedOf: ofClass.id, departmentId: 'MATH', ...fields });
    expect([made.status, made.body.crossListedOf]).toEqual([201, ofClass.id]);
    return made.body;
  };
  const patch = (id: string, body: object, ifMatch = '*') =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      headers: { 'if-match': ifMatch },
    });
  const cancel = (id: string) => system.call<Course>(`DELETE /api/courses/${id}`, { as: 'registrar' });
  const read = async (id: string) =>
    (await system.call<Course>(`GET /api/courses/${id}`, { as: 'registrar' })).body;
  const faults = ({ body }: { body: object }) =>
    (body as { errors?: { path: string; code: string }[] }).errors?.map(
      ({ path, code }) => `${path}: ${code}`,
    ) ?? [];
  const offering = (id: string) => system.enrollments.offerings.get(id)?.offering;

  it('has its own code, and of its class the meetings, instructors, status, waitlist and reservations', async () => {
    const ofClass = await create(classFields);
    const made = await crossList(ofClass, { title: 'The other code', credits: 2 });
    expect(made).toMatchObject({
      ...classFields,
      departmentId: 'MATH',
      title: 'The other code',
      credits: 2,
      capacity: 30,
      instructors: ofClass.instructors,
      version: 1,
    });
    expect(offering(made.id)).toMatchObject({ crossListedOf: ofClass.id, status: 'draft', capacity: 30 });
    expect(await read(made.id)).toEqual(made);
  });

  it('shows the smaller rest of its own seats and the class’s, also after either capacity has changed', async () => {
    const ofClass = await create({ capacity: 10 });
    const made = await crossList(ofClass, { capacity: 6 });
    const shown = async () => {
      const { enrolledCount, seatsAvailable } = await read(made.id);
      return { enrolledCount, seatsAvailable };
    };
    system.enrollments.fill(made.id, 2);
    system.enrollments.fill(ofClass.id, 8, 1);
    await patch(made.id, { capacity: 5 });
    expect(await shown()).toEqual({ enrolledCount: 2, seatsAvailable: 2 });
    expect((await patch(made.id, { capacity: 3 })).body).toMatchObject({ seatsAvailable: 1 });
    expect(await shown()).toEqual({ enrolledCount: 2, seatsAvailable: 1 });
    await patch(ofClass.id, { capacity: 8 });
    await until(async () => (await shown()).seatsAvailable === 0);
  });

  it.each([
    [{ waitlistCapacity: 7 }],
    [{ meetings: [monday] }],
    [{ instructorIds: [] }],
    [{ status: 'open' }],
    [{ reservations: [] }],
  ])("refuses %j, which is its class's, when it is made and when it is changed", async (fields) => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    const expected = [`${Object.keys(fields)[0]}: inconsistent`];
    expect(faults(await post({ crossListedOf: ofClass.id, ...fields }))).toEqual(expected);
    expect(faults(await patch(made.id, fields))).toEqual(expected);
  });

  it('is made of a course of its semester that is not cross-listed itself, and stays with it', async () => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    const elsewhere = await create({ semesterId: '2027-spring' });
    const cancelled = await create();
    await cancel(cancelled.id);
    for (const [crossListedOf, code] of [
      ['crs_none', 'not_found'],
      [`code#2026-fall#${made.code}#1`, 'not_found'],
      [made.id, 'inconsistent'],
      [elsewhere.id, 'inconsistent'],
      [cancelled.id, 'inconsistent'],
    ])
      expect(faults(await post({ crossListedOf }))).toEqual([`crossListedOf: ${code}`]);
    expect(faults(await post({ crossListedOf: 'crs_none', departmentId: 'NONE' }))).toEqual([
      'departmentId: not_found',
      'crossListedOf: not_found',
    ]);
    for (const crossListedOf of [ofClass.id, null])
      expect(faults(await patch(made.id, { crossListedOf }))).toEqual(['crossListedOf: unknown_field']);
  });

  it('follows its class before the change of the class is answered', async () => {
    const ofClass = await create();
    const made = [await crossList(ofClass), await crossList(ofClass)];
    expect((await patch(ofClass.id, { ...classFields, status: 'closed' })).status).toBe(200);
    for (const { id, title } of made) {
      const expected = { ...classFields, status: 'closed', title, version: 2 };
      expect(await read(id)).toMatchObject(expected);
      expect(offering(id)).toMatchObject({ status: 'closed', meetings: [monday], version: 2 });
    }
    expect((await patch(ofClass.id, { title: 'Another title' })).status).toBe(200);
    expect(await read(made[0]?.id ?? '')).toMatchObject({ version: 2 });
  });

  it("has its class's capacity until it has its own", async () => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    const limited = await crossList(ofClass, { capacity: 5 });
    await patch(ofClass.id, { capacity: 50 });
    expect([(await read(made.id)).capacity, (await read(limited.id)).capacity]).toEqual([50, 5]);
    expect((await patch(made.id, { capacity: 8 })).body).toMatchObject({ capacity: 8, version: 3 });
    await patch(ofClass.id, { capacity: 60 });
    expect((await read(made.id)).capacity).toBe(8);
  });

  it('keeps its capacity where enrollments refuses the new one of its class', async () => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    system.enrollments.fill(made.id, 20);
    expect((await patch(ofClass.id, { capacity: 10, waitlistCapacity: 3 })).body).toMatchObject({
      capacity: 10,
    });
    expect(await read(made.id)).toMatchObject({ capacity: 30, waitlistCapacity: 3 });
  });

  it('does not follow a change of its class that enrollments refuses', async () => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    system.enrollments.fill(ofClass.id, 20);
    const refused = await patch(ofClass.id, { capacity: 10, waitlistCapacity: 3 });
    expect(refused.body).toMatchObject({ code: 'capacity_below_enrolled' });
    const { version, capacity, waitlistCapacity } = made;
    expect(await read(made.id)).toMatchObject({ version, capacity, waitlistCapacity });
  });

  it('is cancelled with its class, and alone without it', async () => {
    const ofClass = await create();
    const [one, other] = [await crossList(ofClass), await crossList(ofClass)];
    expect((await cancel(one.id)).body.status).toBe('cancelled');
    expect([(await read(ofClass.id)).status, (await read(other.id)).status]).toEqual(['open', 'open']);
    await patch(ofClass.id, { status: 'closed' });
    expect(await read(one.id)).toMatchObject({ status: 'cancelled', version: 2 });
    expect((await cancel(ofClass.id)).body.status).toBe('cancelled');
    expect(await read(other.id)).toMatchObject({ status: 'cancelled', version: 3 });
    expect(offering(other.id)?.status).toBe('cancelled');
  });

  it('follows a change whose instance died, wherever it stopped', async () => {
    for (const steps of [0, 1, 2]) {
      const ofClass = await create();
      const made = [await crossList(ofClass), await crossList(ofClass)];
      const { createdAt } = ofClass;
      const { id, code } = ofClass;
      const state = courseState({ id, code, createdAt, status: 'closed', version: 2 });
      const pending = {
        token: newId('int'),
        change: 'updated',
        state,
        actorId: 'usr_1',
        leasedUntil: 1,
      } as const;
      const store = system.get(CourseChangeStore);
      await store.begin(pending, 1);
      // What is done again is done once.
      for (let step = 0; step < steps; step += 1) await store.requestApproval(pending);
      await system.get(PendingChangeSweeper, 1).sweep();
      for (const each of [ofClass, ...made])
        await until(async () => {
          const { status, version } = await read(each.id);
          return status === 'closed' && version === 2;
        });
    }
  });

  it('that enrollments does not answer for keeps the change of its class pending, and both come to the same', async () => {
    const ofClass = await create();
    const made = await crossList(ofClass);
    system.enrollments.mode = 'broken';
    expect((await patch(ofClass.id, { status: 'closed' })).status).toBe(503);
    expect([(await read(ofClass.id)).status, (await read(made.id)).status]).toEqual(['open', 'open']);
    system.enrollments.mode = 'well';
    await until(
      async () => (await read(made.id)).status === 'closed' && (await read(ofClass.id)).status === 'closed',
    );
  });

  it('that is made while its class changes has what the class has in the end', async () => {
    const ofClass = await create();
    const headers = { 'idempotency-key': randomUUID() };
    const { capacity: _capacity, ...body } = courseBody({ code: nextCode() });
    const [changed, ...made] = await Promise.all([
      patch(ofClass.id, { waitlistCapacity: 11, status: 'closed' }),
      post({ crossListedOf: ofClass.id }),
      post({ crossListedOf: ofClass.id }),
      system.call<Course>('POST /api/courses', {
        as: 'registrar',
        body: { ...body, crossListedOf: ofClass.id },
        headers,
        instance: 1,
      }),
    ]);
    expect([changed.status, ...made.map(({ status }) => status)]).toEqual([200, 201, 201, 201]);
    for (const { body: each } of made)
      await until(async () => {
        const { waitlistCapacity, status } = await read(each.id);
        return waitlistCapacity === 11 && status === 'closed';
      });
  });
});
