import type { Course } from '@registrar/contracts-courses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';

describe('creating a course', () => {
  let system: CoursesSystem;

  beforeAll(async () => {
    system = await CoursesSystem.start();
    await system.furnish();
    await system.ready();
  });
  afterAll(() => system.stop());

  it('answers with the whole course, its defaults, its place and its tag', async () => {
    const answer = await system.call<Course>('POST /api/courses', { as: 'registrar', body: courseBody() });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^crs_[a-z2-7]{20}$/),
      semesterId: '2026-fall',
      departmentId: 'CS',
      code: 'CS-101',
      section: '1',
      title: 'Introduction to Programming',
      description: '',
      credits: 3,
      instructorIds: [],
      capacity: 30,
      enrolledCount: 0,
      waitlistedCount: 0,
      seatsAvailable: 30,
      waitlistCapacity: 0,
      meetings: [],
      prerequisites: [],
      status: 'open',
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      updatedAt: answer.body.createdAt,
    });
    expect(answer.headers['location']).toBe(`/api/courses/${answer.body.id}`);
    const read = await system.call<Course>(`GET ${answer.headers['location']}`);
    expect(read.body).toEqual(answer.body);
    expect(read.headers['etag']).toBe(answer.headers['etag']);
    expect(read.headers['etag']).toMatch(/^"1\./);
    const list = await system.call('GET /api/courses');
    expect(list.body).toEqual({ items: [answer.body], nextCursor: null });
  });
});
