import type { Course } from '@registrar/contracts-courses';
import { courseTopic, courseUpdated } from '@registrar/contracts-courses';
import { makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributesOf } from '../catalogue/course.codec.ts';
import { CoursesSystem } from '../testing/courses-system.ts';
import { courseState } from '../testing/courses.ts';

const none = {
  enrollmentClosesAt: null,
  dropDeadlineAt: null,
  withdrawDeadlineAt: null,
  requirement: null,
  restriction: null,
  consent: 'none',
  reservations: [],
  linked: [],
  crossListedOf: null,
  minCredits: null,
};

describe('a course that an earlier version wrote', () => {
  let system: CoursesSystem;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterAll(() => system.stop());

  const names = [
    'enrollment_closes_at',
    'drop_deadline_at',
    'withdraw_deadline_at',
    'requirement',
    'restriction',
    'consent',
    'reservations',
    'linked',
    'cross_listed_of',
    'min_credits',
  ];
  const fields = Object.keys(none);
  const without = (whole: object, left: readonly string[]) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => !left.includes(name)));

  it('reads as one without what came since, and is changed like any', async () => {
    const state = courseState({ id: newId('crs'), code: 'EARLY-1' });
    const put = { id: state.id, ...without(attributesOf(state), names) };
    await system.dynamo.batchWrite([{ table: system.dynamo.tables.name('courses'), put }]);
    const read = await system.call<Course>(`GET /api/courses/${state.id}`);
    expect(read.body).toMatchObject({ ...none, version: 1, code: 'EARLY-1' });
    const headers = { 'if-match': '"1"' };
    const body = { restriction: { groups: ['honors'] } };
    const changed = await system.call<Course>(`PATCH /api/courses/${state.id}`, {
      as: 'registrar',
      body,
      headers,
    });
    expect(changed.body).toMatchObject({ ...none, ...body, version: 2 });
  });

  it('is read from its event', async () => {
    const course = await system.create({ code: 'EARLY-2' });
    const list = () => system.call<{ items: Course[] }>('GET /api/courses?q=EARLY-2');
    expect((await list()).body.items).toHaveLength(1);
    const { enrolledCount: _e, waitlistedCount: _w, seatsAvailable: _s, instructors: _i, ...state } = course;
    const published = { ...without(state, fields), title: 'By its event', version: 2 };
    const event = makeEvent(courseUpdated, {
      id: newId('evt'),
      subject: course.id,
      time: new Date(),
      data: { course: published as typeof state, actorId: 'usr_a' },
    });
    const messages = [{ key: course.id, value: JSON.stringify(event) }];
    await system.producer.sendBatch([{ topic: system.prefix + courseTopic.name, messages }]);
    await until(async () => (await list()).body.items[0]?.title === 'By its event');
    expect((await list()).body.items).toEqual([{ ...course, title: 'By its event', version: 2 }]);
  });
});
