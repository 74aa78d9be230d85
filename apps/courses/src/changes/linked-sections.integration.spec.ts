import type { Course, CreateCourseRequest } from '@registrar/contracts-courses';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import { semesterBody } from '../testing/semesters.ts';
import { CourseRelations } from './course-relations.ts';

describe('linked sections', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
    const body = { ...semesterBody, name: 'Spring 2027', current: false };
    await system.call('PUT /api/semesters/2027-spring', { as: 'registrar', body });
  });
  afterEach(() => void (system.enrollments.mode = 'well'));
  afterAll(() => system.stop());

  const create = (fields: Partial<CreateCourseRequest> = {}, instance = 0) =>
    system.create({ code: `LI-${(number += 1)}`, ...fields }, instance);
  const lab = (fields: Partial<CreateCourseRequest> = {}) => create({ component: 'lab', ...fields });
  const linkedTo = (...courses: Pick<Course, 'id'>[]) => [
    { component: 'lab' as const, courseIds: courses.map(({ id }) => id) },
  ];
  const post = (fields: object) =>
    system.call<Course>('POST /api/courses', {
      as: 'registrar',
      body: { ...courseBody({ code: `LI-${(number += 1)}` }), ...fields },
    });
  const patch = (id: string, body: object, instance = 0) => {
    const headers = { 'if-match': '*' };
    return system.call<Course>(`PATCH /api/courses/${id}`, { as: 'registrar', body, headers, instance });
  };
  const faults = ({ body }: { body: object }) =>
    (body as { errors?: { path: string; code: string }[] }).errors?.map(
      ({ path, code }) => `${path}: ${code}`,
    ) ?? [];
  const namedBy = (id: string) => system.get(CourseRelations).namedBy({ semesterId: '2026-fall', id });

  it('are kept as stated, and enrollments has them by the answer', async () => {
    const [one, other] = [await lab(), await lab()];
    const lecture = await create({ linked: linkedTo(one) });
    expect(lecture.linked).toEqual(linkedTo(one));
    const changed = await patch(lecture.id, { linked: linkedTo(one, other) });
    expect(changed.body).toMatchObject({ linked: linkedTo(one, other), version: 2 });
    expect(system.enrollments.offerings.get(lecture.id)?.offering).toMatchObject({
      linked: linkedTo(one, other),
    });
    expect((await system.call(`GET /api/courses/${lecture.id}`)).body).toEqual(changed.body);
    expect(await Promise.all([namedBy(one.id), namedBy(other.id)])).toEqual([[lecture.id], [lecture.id]]);
  });

  it('that cannot be taken along are named one by one, of a new course and of a change', async () => {
    const good = await lab();
    const cancelled = await lab();
    await system.call(`DELETE /api/courses/${cancelled.id}`, { as: 'registrar' });
    const elsewhere = await lab({ semesterId: '2027-spring' });
    const onward = await lab({ linked: linkedTo(await lab()) });
    const lecture = await create();
    const courseIds = [good, lecture, cancelled, elsewhere, onward, good].map(({ id }) => id);
    const linked = [{ component: 'lab', courseIds: [...courseIds, 'crs_none', `code#2026-fall#LI-1#1`] }];
    const expected = [
      ...[2, 3, 4, 5].map((at) => `linked.0.courseIds.${at}: inconsistent`),
      'linked.0.courseIds.6: not_found',
      'linked.0.courseIds.7: not_found',
    ];
    expect(faults(await post({ linked }))).toEqual(expected);
    const itself = 'linked.0.courseIds.1: inconsistent';
    expect(faults(await patch(lecture.id, { linked }))).toEqual([itself, ...expected]);
    expect(await namedBy(good.id)).toEqual([]);
  });

  it('have none of their own as long as another course names them', async () => {
    const [section, other] = [await lab(), await lab()];
    const lectures = [
      await create({ linked: linkedTo(section) }),
      await create({ linked: linkedTo(section) }),
    ];
    expect(faults(await patch(section.id, { linked: linkedTo(other) }))).toEqual(['linked: inconsistent']);
    await patch(lectures[0]?.id ?? '', { linked: [] });
    expect(faults(await patch(section.id, { linked: linkedTo(other) }))).toEqual(['linked: inconsistent']);
    await system.call(`DELETE /api/courses/${lectures[1]?.id}`, { as: 'registrar' });
    expect((await patch(section.id, { linked: linkedTo(other) })).status).toBe(200);
    expect(await namedBy(other.id)).toEqual([section.id]);
  });

  it('that were cancelled since may stay, and the same lists again change nothing', async () => {
    const [one, other] = [await lab(), await lab()];
    const lecture = await create({ linked: linkedTo(one) });
    await system.call(`DELETE /api/courses/${one.id}`, { as: 'registrar' });
    expect((await patch(lecture.id, { linked: linkedTo(one) })).body).toMatchObject({ version: 1 });
    expect((await patch(lecture.id, { linked: linkedTo(one, other) })).status).toBe(200);
    expect(faults(await post({ linked: linkedTo(one) }))).toEqual(['linked.0.courseIds.0: inconsistent']);
  });

  it('make no circle where two registrars link two courses to each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await lab(), await lab()];
      const answers = await Promise.all([
        patch(one.id, { linked: linkedTo(other) }, 0),
        patch(other.id, { linked: linkedTo(one) }, 1),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
  });

  it('of a change that enrollments refuses are free again', async () => {
    const section = await lab();
    const lecture = await create();
    system.enrollments.fill(lecture.id, 4);
    const refused = await patch(lecture.id, { linked: linkedTo(section), capacity: 3 });
    expect(refused.body).toMatchObject({ code: 'capacity_below_enrolled' });
    expect(await namedBy(section.id)).toEqual([]);
    expect((await patch(section.id, { linked: linkedTo(await lab()) })).status).toBe(200);
  });

  it('count from when the change is written down, though enrollments does not answer yet', async () => {
    const [section, other] = [await lab(), await lab()];
    const lecture = await create();
    system.enrollments.mode = 'broken';
    expect((await patch(lecture.id, { linked: linkedTo(section) })).status).toBe(503);
    expect(faults(await patch(section.id, { linked: linkedTo(other) }))).toEqual(['linked: inconsistent']);
    expect(faults(await patch(other.id, { linked: linkedTo(lecture) }))).toEqual([
      'linked.0.courseIds.0: inconsistent',
    ]);
    system.enrollments.mode = 'well';
    expect((await patch(lecture.id, {})).body).toMatchObject({ linked: linkedTo(section), version: 2 });
  });

  it('can be as many as the lists have room for', async () => {
    const labs: Course[] = [];
    for (let at = 0; at < 25; at += 1)
      labs.push(...(await Promise.all(Array.from({ length: 10 }, () => lab()))));
    const linked = Array.from({ length: 5 }, (_, at) =>
      linkedTo(...labs.slice(at * 50, at * 50 + 50)),
    ).flat();
    const lecture = await create({ linked });
    expect(await namedBy(labs[249]?.id ?? '')).toEqual([lecture.id]);
    expect((await patch(lecture.id, { linked: [] })).body).toMatchObject({ linked: [], version: 2 });
    expect(await namedBy(labs[249]?.id ?? '')).toEqual([]);
  }, 60_000);
});
