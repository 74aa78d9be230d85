import type { Course, Semester } from '@registrar/contracts-courses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem, courseBody } from '../testing/courses-system.ts';
import { semesterBody } from '../testing/semesters.ts';

interface Page {
  items: Course[];
  nextCursor: string | null;
}

describe('a catalogue as universities have it', () => {
  let system: CoursesSystem;

  beforeAll(async () => {
    system = await CoursesSystem.start();
    await system.furnish(['CS', 'ME']);
    await system.ready();
  });
  afterAll(() => system.stop());

  const found = async (q: string) =>
    (await system.call<Page>(`GET /api/courses?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ code }) => code,
    );

  it('has codes with ampersands and slashes, which are found, listed page by page, and changed', async () => {
    const codes = ['M&E 101', 'M&E/A 102', 'M/E 103'];
    for (const code of codes)
      await system.create({ departmentId: 'ME', code, title: 'Machines', prerequisites: ['A&B/C'] });
    expect(await found('M&E 101')).toEqual(['M&E 101']);
    expect(await found('M&E/A')).toEqual(['M&E/A 102']);
    const pages: string[] = [];
    let cursor = '';
    do {
      const path = `/api/courses?departmentId=ME&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { body } = await system.call<Page>(`GET ${path}`);
      pages.push(...body.items.map(({ code }) => code));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(pages).toEqual(codes);
    const again = await system.call('POST /api/courses', {
      as: 'registrar',
      body: courseBody({ departmentId: 'ME', code: 'M&E 101' }),
    });
    expect([again.status, again.body['code']]).toEqual([409, 'course_exists']);
  });

  it('has quarters of credits, long descriptions and many meetings', async () => {
    const meetings = Array.from({ length: 30 }, (_, at) => ({
      day: 'mon' as const,
      start: `${String(at % 24).padStart(2, '0')}:00`,
      end: `${String(at % 24).padStart(2, '0')}:50`,
      room: `Hall ${at}`,
    }));
    const fields = { code: 'CS-201', credits: 0.25, description: 'ü'.repeat(12_000), meetings };
    const course = await system.create(fields);
    expect(course).toMatchObject(fields);
    expect((await system.call<Course>(`GET /api/courses/${course.id}`)).body).toEqual(course);
    expect(system.enrollments.offerings.get(course.id)).toMatchObject({
      offering: { credits: 0.25, meetings },
    });
  });

  it('is searched with or without accents', async () => {
    await system.create({ code: 'CS-301', title: 'Café Culture of Zürich' });
    for (const q of ['cafe', 'CAFÉ', 'zurich', 'Zürich', 'culture of zu'])
      expect([q, await found(q)]).toEqual([q, ['CS-301']]);
  });

  it('has semesters whose times were given with an offset', async () => {
    const times = {
      enrollmentClosesAt: '2027-03-14T01:59:59-05:00',
      withdrawDeadlineAt: '2027-05-01T00:00:00+02:00',
    };
    const { status, body } = await system.call<Semester>('PUT /api/semesters/2027-offset', {
      as: 'registrar',
      body: { ...semesterBody, current: false, ...times },
    });
    const inUtc = {
      enrollmentClosesAt: '2027-03-14T06:59:59.000Z',
      withdrawDeadlineAt: '2027-04-30T22:00:00.000Z',
    };
    expect([status, body]).toMatchObject([200, inUtc]);
    expect((await system.call('GET /api/semesters/2027-offset')).body).toEqual(body);
    expect(system.enrollments.semesters.get('2027-offset')).toMatchObject(inUtc);
  });
});
