import type { Course, PatchCourseRequest } from '@registrar/contracts-courses';
import { courseTopic } from '@registrar/contracts-courses';
import { createKafka, readTopic } from '@registrar/messaging';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { auditRecords } from '../testing/audit-records.ts';
import { CoursesSystem } from '../testing/courses-system.ts';
import type { Call } from '../testing/courses-system.ts';

describe('changing a course', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterAll(() => system.stop());

  const create = (fields: object = {}) => system.create({ code: `CH-${(number += 1)}`, ...fields });
  const patch = (id: string, body: PatchCourseRequest | object, ifMatch?: string, call: Call = {}) =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      ...call,
    });
  const cancel = (id: string, call: Call = {}) =>
    system.call<Course>(`DELETE /api/courses/${id}`, { as: 'registrar', ...call });

  it('answers with the next version, which enrollments knows by then and all reads show', async () => {
    const course = await create();
    const answer = await patch(course.id, { title: 'New title', capacity: 40 }, `"${course.version}"`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ title: 'New title', capacity: 40, seatsAvailable: 40, version: 2 });
    expect(system.enrollments.offerings.get(course.id)?.offering).toMatchObject({ capacity: 40, version: 2 });
    const read = await system.call(`GET /api/courses/${course.id}`);
    expect([read.body, read.headers['etag']]).toEqual([answer.body, answer.headers['etag']]);
  });

  it('takes the tag of a read as it came, and only its version counts', async () => {
    const { id } = await create();
    const { headers } = await system.call(`GET /api/courses/${id}`);
    system.enrollments.fill(id, 3);
    expect((await patch(id, { title: 'A' }, String(headers['etag']))).body.version).toBe(2);
    expect((await patch(id, { title: 'B' }, 'W/"2.of-another-representation-gzip"')).body.version).toBe(3);
    expect((await patch(id, { title: 'C' }, '*')).body.version).toBe(4);
  });

  it('needs If-Match, and the current version in it', async () => {
    const { id } = await create();
    expect((await patch(id, { title: 'A' })).body).toMatchObject({
      status: 428,
      code: 'precondition_required',
    });
    expect((await patch(id, { title: 'A' }, '"2"')).body).toMatchObject({
      status: 412,
      code: 'version_conflict',
    });
    expect((await patch(id, { title: 'A' }, '"1"')).status).toBe(200);
    expect((await patch(id, { title: 'B' }, '"1"')).status).toBe(412);
  });

  it('lets one of many at once through, over two instances', async () => {
    const { id } = await create();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => patch(id, { title: `T${at}` }, '"1"', { instance: at % 2 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
    const winner = answers.find(({ status }) => status === 200)?.body;
    for (const instance of [0, 1]) {
      await until(async () => {
        const { body } = await system.call<Course>(`GET /api/courses/${id}`, { instance });
        return body.version === 2 && body.title === winner?.title;
      }, 10_000);
    }
  });

  it('is for registrars, of courses that are there, and of fields that may change', async () => {
    const { id } = await create();
    expect((await patch(id, {}, '"1"', { as: 'instructor' })).status).toBe(403);
    expect((await patch('crs_none', {}, '"1"')).body).toMatchObject({
      status: 404,
      code: 'course_not_found',
    });
    expect((await patch(id, { semesterId: 'x', departmentId: 'y' }, '"1"')).body).toMatchObject({
      status: 422,
      errors: [{ path: 'semesterId' }, { path: 'departmentId' }],
    });
  });

  it('that says nothing new answers 200 with the same version, and publishes nothing', async () => {
    const course = await create();
    for (const body of [{}, { title: course.title, capacity: course.capacity }]) {
      const answer = await patch(course.id, body, '"1"');
      expect([answer.status, answer.body]).toEqual([200, course]);
    }
  });

  it('follows the ways of status only', async () => {
    const { id } = await create({ status: 'draft' });
    expect((await patch(id, { status: 'closed' }, '*')).body).toMatchObject({
      status: 409,
      code: 'invalid_transition',
    });
    expect((await patch(id, { status: 'open' }, '*')).body.status).toBe('open');
    expect((await patch(id, { status: 'draft' }, '*')).status).toBe(409);
    expect((await patch(id, { status: 'closed' }, '*')).body.status).toBe('closed');
    expect((await patch(id, { status: 'cancelled' }, '*')).status).toBe(409);
    expect((await patch(id, { status: 'open' }, '*')).body.version).toBe(4);
  });

  it('to a capacity below the enrolled is refused as enrollments says, and leaves all as it was', async () => {
    const { id } = await create({ capacity: 10 });
    system.enrollments.fill(id, 4);
    const code = `FREE-${number}`;
    const refused = await patch(id, { capacity: 3, code }, '"1"');
    expect(refused.body).toMatchObject({ status: 409, code: 'capacity_below_enrolled', enrolledCount: 4 });
    expect((await system.call(`GET /api/courses/${id}`)).body).toMatchObject({ capacity: 10, version: 1 });
    const allowed = await patch(id, { capacity: 4 }, '"1"');
    expect(allowed.body).toMatchObject({ version: 3, capacity: 4, enrolledCount: 4, seatsAvailable: 0 });
    // The code that the refused change had taken is free.
    await system.create({ code });
  });

  it('of the code frees the old one and takes the new one', async () => {
    const [one, other] = [await create(), await create()];
    expect((await patch(one.id, { code: other.code }, '"1"')).body).toMatchObject({
      status: 409,
      code: 'course_exists',
    });
    expect((await patch(one.id, { section: '2', code: other.code }, '"1"')).body.version).toBe(2);
    await system.create({ code: one.code });
    const taken = await patch(other.id, { section: '2' }, '"1"');
    expect(taken.body).toMatchObject({ code: 'course_exists' });
    expect((await patch(other.id, { code: other.code.toLowerCase() }, '"1"')).body.version).toBe(2);
  });

  it('cancels for good, and once', async () => {
    const { id, code } = await create();
    const answer = await cancel(id);
    expect([answer.status, answer.body.status, answer.body.version]).toEqual([200, 'cancelled', 2]);
    expect(system.enrollments.offerings.get(id)?.offering.status).toBe('cancelled');
    const again = await cancel(id, { instance: 1 });
    expect([again.status, again.body]).toEqual([200, answer.body]);
    expect((await patch(id, {}, '*')).body).toMatchObject({ status: 409, code: 'invalid_transition' });
    expect((await patch(id, { status: 'open' }, '*')).body).toMatchObject({ code: 'invalid_transition' });
    expect((await system.call(`GET /api/courses/${id}`)).body['status']).toBe('cancelled');
    const other = await system.call('POST /api/courses', { as: 'registrar', body: { ...body(), code } });
    expect(other.body).toMatchObject({ status: 409, code: 'course_exists' });
  });

  it('cancels for registrars only, what is there only, and no stale version that is named', async () => {
    const { id } = await create();
    expect((await cancel(id, { as: 'student' })).status).toBe(403);
    expect((await cancel('crs_none')).status).toBe(404);
    expect((await cancel(id, { headers: { 'if-match': '"9"' } })).status).toBe(412);
  });

  it('leaves an audit record of who changed what, and of who may not', async () => {
    const { id } = await create();
    await patch(id, { capacity: 31, description: 'x'.repeat(1_000) }, '"1"', { id: 'usr_zoe' });
    await patch(id, {}, '"2"', { id: 'usr_zoe' });
    await cancel(id, { id: 'usr_max' });
    await cancel(id, { as: 'student', id: 'usr_eve' });
    const records = await vi.waitFor(async () => {
      const all = await auditRecords(system.prefix);
      const found = all.filter(({ resource }) => resource === `course:${id}`);
      expect(found).toHaveLength(4);
      return found;
    }, 15_000);
    expect(records).toMatchObject([
      { action: 'course_created', actorId: 'usr_registrar', before: null, after: { capacity: 30 } },
      {
        action: 'course_updated',
        actorId: 'usr_zoe',
        before: { capacity: 30 },
        after: { capacity: 31, description: 'changed' },
      },
      {
        action: 'course_cancelled',
        actorId: 'usr_max',
        before: { status: 'open' },
        after: { status: 'cancelled' },
      },
      {
        action: 'access_refused',
        outcome: 'refused',
        actorId: 'usr_eve',
        after: { method: 'DELETE', code: 'forbidden' },
      },
    ]);
    expect(Object.keys(records[1]?.after ?? {}).sort()).toEqual(['capacity', 'description']);
    for (const { traceId } of records) expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('publishes each version once and in order, with the whole course', async () => {
    const { id } = await create();
    await patch(id, { title: 'Second' }, '"1"');
    await cancel(id, { instance: 1 });
    const kafka = createKafka({ brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','), clientId: 'test' });
    // By id: a relay may publish an event again, never another one for the same version.
    const published = new Map<
      string,
      { id: string; type: string; data: { course: Course; actorId: string } }
    >();
    await until(async () => {
      published.clear();
      await readTopic(kafka, system.prefix + courseTopic.name, (message) => {
        const event = JSON.parse(String(message.value));
        if (String(message.key) === id && !published.has(event.id)) published.set(event.id, event);
        return Promise.resolve();
      });
      return published.size >= 3;
    });
    const events = [...published.values()];
    expect(events.map(({ type, data }) => [type, data.course.version, data.actorId])).toEqual([
      ['registrar.courses.course.created', 1, 'usr_registrar'],
      ['registrar.courses.course.updated', 2, 'usr_registrar'],
      ['registrar.courses.course.cancelled', 3, 'usr_registrar'],
    ]);
    expect(events[2]?.data.course).toMatchObject({ id, title: 'Second', status: 'cancelled' });
  });
});

function body() {
  return { semesterId: '2026-fall', departmentId: 'CS', title: 'Again', credits: 3, capacity: 1 };
}
