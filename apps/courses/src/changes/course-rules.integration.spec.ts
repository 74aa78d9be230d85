import { randomUUID } from 'node:crypto';
import type { Course, PatchCourseRequest } from '@registrar/contracts-courses';
import { courseTopic } from '@registrar/contracts-courses';
import { createKafka, readTopic } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { stackBrokers, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';

const none = {
  enrollmentClosesAt: null,
  dropDeadlineAt: null,
  withdrawDeadlineAt: null,
  requirement: null,
  restriction: null,
  consent: 'none',
  reservations: [],
  minCredits: null,
};
const reserved = (seats: number, releasesAt: string | null = null, name = 'Honors') => {
  return { name, seats, match: { groups: ['honors'] }, releasesAt };
};
const stated = {
  enrollmentClosesAt: '2026-09-11T17:00:00-04:00',
  dropDeadlineAt: '2026-10-31T23:59:59-04:00',
  withdrawDeadlineAt: '2026-11-01T01:30:00-05:00',
  requirement: {
    all: [{ course: 'NO SUCH 999', minGrade: 'CR' }, { any: [{ credits: 30 }, { course: 'M 1' }] }],
  },
  restriction: { programs: ['CS-BS', 'CS-MINOR'], minCredits: 15 },
  consent: 'instructor',
  reservations: [reserved(30, '2099-08-25T00:00:00-04:00')],
  minCredits: 1.25,
};
const monday = (dates: object) => ({ day: 'mon', start: '09:00', end: '10:00', room: '', ...dates });
const kept = {
  ...stated,
  enrollmentClosesAt: '2026-09-11T21:00:00.000Z',
  dropDeadlineAt: '2026-11-01T03:59:59.000Z',
  withdrawDeadlineAt: '2026-11-01T06:30:00.000Z',
  reservations: [reserved(30, '2099-08-25T04:00:00.000Z')],
};

describe('deadlines, requirement and restriction of a course', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.start(2, { GRADES: 'HD,D,CR|N', PASS_MARK: '60' });
    await system.furnish();
    await Promise.all([system.ready(0), system.ready(1)]);
  });
  afterAll(() => system.stop());

  const nextCode = () => `RULE-${(number += 1)}`;
  const post = (fields: object) =>
    system.call<Course>('POST /api/courses', {
      as: 'registrar',
      body: { ...courseBody({ code: nextCode() }), ...fields },
    });
  const patch = (id: string, body: PatchCourseRequest | object, instance = 0) =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      headers: { 'if-match': '*' },
      instance,
    });
  const faults = ({ body }: { body: object }) =>
    (body as { errors?: { path: string; code: string }[] }).errors?.map(
      ({ path, code }) => `${path}: ${code}`,
    );

  it('are none where nothing is said, in answers of every kind', async () => {
    const { id } = await system.create({ code: nextCode() });
    const one = await system.call<Course>(`GET /api/courses/${id}`);
    expect(one.body).toMatchObject(none);
    const batch = await system.call<{ items: Course[] }>('POST /api/courses/batch-get', {
      body: { ids: [id] },
    });
    expect(batch.body.items[0]).toEqual(one.body);
    const list = await system.call<{ items: Course[] }>('GET /api/courses?limit=100');
    expect(list.body.items.find((each) => each.id === id)).toEqual(one.body);
  });

  it('come back as they were stated, times as the same moments in UTC, and enrollments has them by then', async () => {
    const made = await post(stated);
    expect([made.status, made.body]).toEqual([201, expect.objectContaining(kept)]);
    expect(system.enrollments.offerings.get(made.body.id)?.offering).toMatchObject(kept);
    const read = await system.call<Course>(`GET /api/courses/${made.body.id}`);
    expect([read.body, read.headers['etag']]).toEqual([made.body, made.headers['etag']]);
  });

  it('are changed one by one, and cleared by null', async () => {
    const { body: course } = await post(stated);
    const restriction = { levels: ['senior'] };
    const changed = await patch(course.id, { restriction, enrollmentClosesAt: null });
    expect(changed.body).toEqual({
      ...course,
      restriction,
      enrollmentClosesAt: null,
      version: 2,
      updatedAt: expect.any(String),
    });
    const same = await patch(course.id, {
      dropDeadlineAt: '2026-10-31T22:59:59-05:00',
      requirement: stated.requirement,
    });
    expect(same.body).toEqual(changed.body);
    const cleared = await patch(course.id, none);
    expect(cleared.body).toMatchObject({ ...none, version: 3 });
    expect(system.enrollments.offerings.get(course.id)?.offering).toMatchObject({ ...none, version: 3 });
    expect((await system.call(`GET /api/courses/${course.id}`)).body).toEqual(cleared.body);
  });

  it.each<[object, string[]]>([
    [{ restriction: {} }, ['restriction: required']],
    [{ requirement: {} }, ['requirement: invalid_value']],
    [
      {
        requirement: {
          any: [
            { course: 'M 1', minGrade: 'N' },
            { course: 'M 1', minGrade: '60' },
          ],
        },
      },
      [],
    ],
    [
      { requirement: { any: [{ course: 'M 1' }, { course: 'M 1', minGrade: 'A' }] } },
      ['requirement.any.1.minGrade: invalid_value'],
    ],
    // The semester's drop deadline is 2026-10-01, its withdraw deadline 2026-11-01.
    [{ dropDeadlineAt: '2026-11-01T00:00:00.001Z' }, ['dropDeadlineAt: wrong_order']],
    [{ dropDeadlineAt: '2026-11-01T00:00:00Z' }, []],
    [{ withdrawDeadlineAt: '2026-09-30T19:59:59-04:00' }, ['withdrawDeadlineAt: wrong_order']],
    [{ withdrawDeadlineAt: '2026-09-30T20:00:00-04:00' }, []],
    [
      { dropDeadlineAt: '2026-12-02T00:00:00Z', withdrawDeadlineAt: '2026-12-01T00:00:00Z' },
      ['dropDeadlineAt: wrong_order'],
    ],
    [{ dropDeadlineAt: '2026-12-01T00:00:00Z', withdrawDeadlineAt: '2026-12-01T00:00:00Z' }, []],
    // The course has 30 seats and 3 credits.
    [{ reservations: [reserved(30)] }, []],
    [{ reservations: [reserved(20), reserved(11, null, 'Seniors')] }, ['reservations: inconsistent']],
    [{ reservations: [reserved(20), reserved(11, '2020-01-01T00:00:00Z', 'Seniors')] }, []],
    [{ reservations: [reserved(1), reserved(1)] }, ['reservations: inconsistent']],
    [{ minCredits: 3 }, []],
    [{ minCredits: 3.25 }, ['minCredits: inconsistent']],
    [{ minCredits: 1.1 }, ['minCredits: not_multiple_of']],
    [{ consent: 'dean' }, ['consent: invalid_value']],
    [{ component: 'lab', topic: 'Robots' }, []],
    [{ component: 'Lab' }, ['component: invalid_value']],
    [{ component: null }, ['component: invalid_value']],
    [{ topic: '' }, ['topic: too_short']],
    [{ topic: 'x'.repeat(101) }, ['topic: too_long']],
    // The semester is from 2026-09-01 to 2026-12-18.
    [{ meetings: [monday({ startsOn: '2026-09-01', endsOn: '2026-12-18' })] }, []],
    [{ meetings: [monday({ startsOn: '2026-10-19', endsOn: '2026-10-19' })] }, []],
    [
      { meetings: [monday({}), monday({ startsOn: '2026-10-20', endsOn: '2026-10-19' })] },
      ['meetings.1.endsOn: wrong_order'],
    ],
    [
      { meetings: [monday({ startsOn: '2026-08-31', endsOn: '2026-12-19' })] },
      ['meetings.0.startsOn: inconsistent', 'meetings.0.endsOn: inconsistent'],
    ],
    [{ meetings: [monday({ startsOn: '2026-02-30' })] }, ['meetings.0.startsOn: invalid_format']],
    [{ meetings: [monday({ startsOn: null })] }, ['meetings.0.startsOn: invalid_type']],
  ])('as %j are refused with %j, of a new course and of a change', async (fields, expected) => {
    const { id } = await system.create({ code: nextCode() });
    for (const answer of [await post(fields), await patch(id, fields)]) {
      expect(answer.status < 300).toBe(expected.length === 0);
      expect(faults(answer) ?? []).toEqual(expected);
    }
  });

  it('name every fault that needs more than the body at once', async () => {
    const answer = await post({
      semesterId: 'never',
      departmentId: 'NONE',
      requirement: { course: 'M 1', minGrade: 'A' },
    });
    expect(faults(answer)).toEqual([
      'requirement.minGrade: invalid_value',
      'semesterId: not_found',
      'departmentId: not_found',
    ]);
  });

  it('are compared with what the course has where only one of them changes', async () => {
    const { body } = await post({
      dropDeadlineAt: '2026-12-01T00:00:00Z',
      withdrawDeadlineAt: '2026-12-05T00:00:00Z',
    });
    expect(faults(await patch(body.id, { dropDeadlineAt: '2026-12-06T00:00:00Z' }))).toEqual([
      'dropDeadlineAt: wrong_order',
    ]);
    expect(faults(await patch(body.id, { withdrawDeadlineAt: '2026-11-30T00:00:00Z' }))).toEqual([
      'withdrawDeadlineAt: wrong_order',
    ]);
    expect(faults(await patch(body.id, { withdrawDeadlineAt: null }))).toEqual([
      'withdrawDeadlineAt: wrong_order',
    ]);
    expect((await patch(body.id, { dropDeadlineAt: '2026-12-05T00:00:00Z' })).status).toBe(200);
    expect((await patch(body.id, { dropDeadlineAt: null })).body.withdrawDeadlineAt).toBe(
      '2026-12-05T00:00:00.000Z',
    );
  });

  it('of the capacity and the credits go by what the course has, before enrollments is asked', async () => {
    const { body } = await post({ reservations: [reserved(20)], minCredits: 2 });
    system.enrollments.fill(body.id, 25);
    const both = { capacity: 19, credits: 1 };
    expect(faults(await patch(body.id, both))).toEqual(['capacity: inconsistent', 'credits: inconsistent']);
    expect((await patch(body.id, { capacity: 20 })).body).toMatchObject({ code: 'capacity_below_enrolled' });
    expect((await patch(body.id, { capacity: 25, credits: 2 })).status).toBe(200);
    expect(faults(await patch(body.id, { reservations: [reserved(26)] }))).toEqual([
      'reservations: inconsistent',
    ]);
  });

  it('are judged after the version, so that a stale change is 412 whatever it says', async () => {
    const { id } = await system.create({ code: nextCode() });
    const call = { as: 'registrar', body: { requirement: { course: 'M 1', minGrade: 'A' } } } as const;
    const stale = await system.call(`PATCH /api/courses/${id}`, { ...call, headers: { 'if-match': '"9"' } });
    expect(stale.status).toBe(412);
    expect((await patch('crs_none', { dropDeadlineAt: '2026-12-06T00:00:00Z' })).status).toBe(404);
  });

  it('go out with the event of the course', async () => {
    const { body } = await post(stated);
    const kafka = createKafka({ brokers: stackBrokers(), clientId: `test-${randomUUID()}` });
    let published: Course | undefined;
    await until(async () => {
      await readTopic(kafka, system.prefix + courseTopic.name, (message) => {
        const { data } = JSON.parse(String(message.value)) as CloudEvent<{ course: Course }>;
        if (data.course.id === body.id) published = data.course;
        return Promise.resolve();
      });
      return published !== undefined;
    });
    expect(published).toMatchObject(kept);
  });
});
