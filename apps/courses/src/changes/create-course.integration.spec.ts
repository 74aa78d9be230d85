import { randomUUID } from 'node:crypto';
import type { Course } from '@registrar/contracts-courses';
import { requestId } from '@registrar/idempotency';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import type { Call } from '../testing/courses-system.ts';
import { courseState } from '../testing/courses.ts';

describe('creating a course', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterAll(() => system.stop());

  const post = (body: unknown, call: Call = {}) =>
    system.call<Course>('POST /api/courses', { as: 'registrar', body, ...call });
  const nextCode = () => `NEW-${(number += 1)}`;

  it('as every route, refuses parameters that are not known', async () => {
    for (const route of [
      'GET /api/courses',
      'POST /api/courses',
      'POST /api/courses/batch-get',
      'GET /api/courses/crs_a',
      'PATCH /api/courses/crs_a',
      'DELETE /api/courses/crs_a',
      'GET /api/semesters',
      'GET /api/semesters/2026-fall',
      'PUT /api/semesters/2026-fall',
      'GET /api/departments',
      'PUT /api/departments/CS',
    ])
      for (const query of ['surprise=1', '__proto__=x']) {
        const { status } = await system.call(`${route}?${query}`, { as: 'registrar' });
        expect([route, query, status]).toEqual([route, query, 422]);
      }
  });

  it('answers with the whole course, its defaults, its place and its tag', async () => {
    const answer = await post(courseBody());
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...courseState(),
      id: expect.stringMatching(/^crs_[a-z2-7]{20}$/),
      enrolledCount: 0,
      waitlistedCount: 0,
      seatsAvailable: 30,
      instructors: [],
      createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      updatedAt: answer.body.createdAt,
    });
    expect(answer.headers['location']).toBe(`/api/courses/${answer.body.id}`);
    const read = await system.call<Course>(`GET ${answer.headers['location']}`);
    expect(read.body).toEqual(answer.body);
    expect(read.headers['etag']).toBe(answer.headers['etag']);
    expect(read.headers['etag']).toMatch(/^"1\./);
    expect((await system.call('GET /api/courses')).body).toEqual({ items: [answer.body], nextCursor: null });
  });

  it('is known to enrollments before it is answered, by a token for services', async () => {
    const { body } = await post(courseBody({ code: nextCode(), capacity: 7, waitlistCapacity: 2 }));
    const offering = system.enrollments.offerings.get(body.id)?.offering;
    expect(offering).toMatchObject({ capacity: 7, waitlistCapacity: 2, status: 'open', version: 1 });
    expect(system.enrollments.calls.at(-1)?.authorization).toMatch(/^Bearer /);
  });

  it('is for registrars and admins only', async () => {
    const body = courseBody({ code: nextCode() });
    expect((await system.call('POST /api/courses', { body })).status).toBe(401);
    for (const as of ['student', 'instructor'] as const) {
      expect((await post(body, { as })).body).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await post(body, { as: 'admin' })).status).toBe(201);
  });

  it('names every fault of the body at once, unknown fields included', async () => {
    const body = {
      ...courseBody(),
      departmentId: 'no spaces',
      code: ' CS',
      credits: 2.1,
      capacity: -1,
      waitlistCapacity: 1_001,
      title: '',
      section: 'a section too long',
      status: 'cancelled',
      meetings: [{ day: 'mon', start: '10:00', end: '09:00', room: 'A1' }],
      prerequisites: ['CS-1', '###'],
      enrolledCount: 3,
    };
    const { status, body: problem } = await post(body);
    expect(status).toBe(422);
    const { code, errors } = problem as unknown as { code: string; errors: { path: string }[] };
    expect(code).toBe('validation_failed');
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'capacity',
      'code',
      'credits',
      'departmentId',
      'enrolledCount',
      'meetings.0.end',
      'prerequisites.1',
      'section',
      'status',
      'title',
      'waitlistCapacity',
    ]);
  });

  it('names an unknown semester and department where they stand', async () => {
    const { status, body } = await post(courseBody({ semesterId: 'never', departmentId: 'NONE' }));
    expect(status).toBe(422);
    expect((body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual([
      'semesterId',
      'departmentId',
    ]);
  });

  it('is refused where the semester has code and section already, in any case of letters', async () => {
    const code = nextCode();
    await system.create({ code, section: 'a' });
    const again = await post(courseBody({ code: code.toLowerCase(), section: 'A', departmentId: 'MATH' }));
    expect(again.body).toMatchObject({ status: 409, code: 'course_exists' });
    expect((await post(courseBody({ code, section: 'B' }))).status).toBe(201);
  });

  it('makes one course of many equal requests at once', async () => {
    const body = courseBody({ code: nextCode() });
    const answers = await Promise.all([0, 1, 0, 1, 0, 1].map((instance) => post(body, { instance })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  describe('with an Idempotency-Key', () => {
    const keyed = (key: string, call: Call = {}): Call => ({ headers: { 'idempotency-key': key }, ...call });

    it('gives the first answer again, on every instance', async () => {
      const [key, body] = [randomUUID(), courseBody({ code: nextCode() })];
      const first = await post(body, keyed(key));
      expect(first.status).toBe(201);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      for (const instance of [0, 1]) {
        const again = await post(body, keyed(key, { instance }));
        expect([again.status, again.body]).toEqual([201, first.body]);
        expect(again.headers).toMatchObject({
          'idempotency-replayed': 'true',
          location: first.headers['location'],
          etag: first.headers['etag'],
        });
      }
    });

    it('makes one course of duplicates at once over two instances, and each gets the one answer', async () => {
      const [key, body] = [randomUUID(), courseBody({ code: nextCode() })];
      const answers = await Promise.all([0, 1, 0, 1].map((instance) => post(body, keyed(key, { instance }))));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      const replayed = answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true');
      expect(replayed).toHaveLength(3);
    });

    it('is refused for another body, and where it is malformed', async () => {
      const key = randomUUID();
      await post(courseBody({ code: nextCode() }), keyed(key));
      const other = await post(courseBody({ code: nextCode() }), keyed(key, { instance: 1 }));
      expect(other.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
      const odd = await post(courseBody({ code: nextCode() }), keyed('two words'));
      expect(odd.body).toMatchObject({ status: 400, code: 'invalid_idempotency_key' });
    });

    it('gives a refusal again, also after its cause is gone', async () => {
      const [key, code] = [randomUUID(), nextCode()];
      const { id } = await system.create({ code });
      expect((await post(courseBody({ code }), keyed(key))).status).toBe(409);
      const moved = { as: 'registrar', body: { code: nextCode() }, headers: { 'if-match': '*' } } as const;
      expect((await system.call(`PATCH /api/courses/${id}`, moved)).status).toBe(200);
      const again = await post(courseBody({ code }), keyed(key));
      expect([again.status, again.headers['idempotency-replayed']]).toEqual([409, 'true']);
      expect((await post(courseBody({ code }), keyed(randomUUID()))).status).toBe(201);
    });

    it('does not keep a 422', async () => {
      const [key, code] = [randomUUID(), nextCode()];
      expect((await post(courseBody({ code, semesterId: 'never' }), keyed(key))).status).toBe(422);
      expect((await post(courseBody({ code }), keyed(key))).status).toBe(201);
    });

    it('may be used again when its answer is no longer kept', async () => {
      const [key, code] = [randomUUID(), nextCode()];
      const first = await post(courseBody({ code }), keyed(key));
      const Key = { id: requestId('usr_registrar', key) };
      await system.dynamo.delete({ TableName: system.dynamo.tables.name('idempotent_requests'), Key });
      const second = await post(courseBody({ code, section: '2' }), keyed(key));
      expect(second.status).toBe(201);
      expect(second.body.id).not.toBe(first.body.id);
    });
  });
});
