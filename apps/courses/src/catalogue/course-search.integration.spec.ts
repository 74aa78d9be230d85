import type { Course } from '@registrar/contracts-courses';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import { makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { CoursesSystem } from '../testing/courses-system.ts';
import { SeatCounts } from './seat-counts.ts';

interface Page {
  items: Course[];
  nextCursor: string | null;
}

const [ada, unknown] = ['usr_ada', 'usr_unknown'];
const morning = [{ day: 'mon' as const, start: '09:00', end: '10:30', room: 'A 1' }];
const evening = [{ day: 'tue' as const, start: '18:00', end: '20:00', room: 'B 2' }];

describe('a search of the catalogue', () => {
  let system: CoursesSystem;
  const made = new Map<string, Course>();

  beforeAll(async () => {
    system = await CoursesSystem.start();
    await system.furnish(['ART', 'BIO', 'CS']);
    await system.ready();
    const courses = [
      { code: 'ART 110', title: 'Colour', description: 'The biology of seeing.', meetings: evening },
      { code: 'BIO 120', title: 'Biological Systems', credits: 4, meetings: morning },
      { code: 'BIO 340', title: 'Marine Biology', credits: 4, instructorIds: [ada, unknown] },
      { code: 'CS 110', title: 'Programming', capacity: 1, meetings: [...morning, ...evening] },
    ];
    for (const fields of courses) {
      const departmentId = fields.code.split(' ')[0] ?? '';
      made.set(fields.code, await system.create({ departmentId, ...fields }));
    }
  });
  afterAll(() => system.stop());

  const list = (query: string) => system.call<Page>(`GET /api/courses?${query}`);
  const codes = async (query: string) => (await list(query)).body.items.map(({ code }) => code);
  const instructors = async (code: string) =>
    (await system.call<Course>(`GET /api/courses/${made.get(code)?.id}`)).body.instructors;

  async function tell(name: string, version: number): Promise<void> {
    const user = { id: ada, email: 'ada@registrar.example', name, roles: ['instructor' as const], version };
    const time = new Date();
    const definition = version === 1 ? userRegistered : userUpdated;
    const data = { user: { ...user, createdAt: time.toISOString() }, actorId: ada };
    const event = makeEvent(definition, { id: newId('evt'), subject: ada, time, data });
    const message = { key: ada, value: JSON.stringify(event) };
    await system.producer.sendBatch([{ topic: system.prefix + definition.topic, messages: [message] }]);
  }

  it.each([
    ['level=1', ['ART 110', 'BIO 120', 'CS 110']],
    ['day=tue', ['ART 110', 'CS 110']],
    ['from=08:00&to=12:00', ['BIO 120']],
    ['to=20:00', ['ART 110', 'BIO 120', 'CS 110']],
    ['credits=4', ['BIO 120', 'BIO 340']],
    ['credits=4&level=3', ['BIO 340']],
    ['q=biology', ['ART 110', 'BIO 340']],
    ['q=biology&sort=relevance', ['BIO 340', 'ART 110']],
    ['q=biolgy&sort=relevance', ['BIO 340', 'ART 110']],
    ['q=biolgy', []],
    ['q=biol&sort=relevance', ['BIO 120', 'BIO 340', 'ART 110']],
    ['q=biol&sort=relevance&level=1', ['BIO 120', 'ART 110']],
    ['sort=relevance', ['ART 110', 'BIO 120', 'BIO 340', 'CS 110']],
  ])('for %s shows %j', async (query, expected) => expect(await codes(query)).toEqual(expected));

  it('by relevance comes in pages that show each course once, with cursors of their own', async () => {
    const query = 'q=biol&sort=relevance&limit=1';
    const seen: (string | undefined)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: Page } = await list(`${query}${cursor && `&cursor=${cursor}`}`);
      seen.push(body.items[0]?.code);
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(['BIO 120', 'BIO 340', 'ART 110']);
    const { nextCursor } = (await list(query)).body;
    for (const other of ['q=biol&limit=1', `${query}&level=1`, 'q=biolog&sort=relevance']) {
      const { status, body } = await list(`${other}&cursor=${nextCursor}`);
      expect([status, body]).toMatchObject([400, { code: 'invalid_cursor' }]);
    }
  });

  it('names every fault of its filters', async () => {
    const bad = 'level=12&day=monday&from=9:00&to=24:00&credits=&available=yes&sort=title&instructor=';
    const { status, body } = await list(`${bad}${'x'.repeat(101)}`);
    const { errors } = body as unknown as { errors: { path: string }[] };
    expect([status, errors.map(({ path }) => path).sort()]).toEqual([
      422,
      ['available', 'credits', 'day', 'from', 'instructor', 'level', 'sort', 'to'],
    ]);
    for (const credits of ['1.1', '31', '-1', '1e1'])
      expect((await list(`credits=${credits}`)).status).toBe(422);
  });

  it('for what is available follows the seats, and so does a page that is held', async () => {
    const id = made.get('CS 110')?.id ?? '';
    const query = 'available=true&departmentId=CS';
    expect(await codes(query)).toEqual(['CS 110']);
    const take = (enrolledCount: number) => {
      const sequence = system.enrollments.fill(id, enrolledCount);
      system.get(SeatCounts).applyEvent(id, { enrolledCount, waitlistedCount: 0, sequence }, Date.now());
    };
    take(1);
    await until(async () => (await codes(query)).length === 0, 2_000);
    take(0);
    await until(async () => (await codes(query)).length === 1, 2_000);
  });

  it('shows and finds instructors by names that follow the users, and none for who is unknown', async () => {
    expect(await instructors('BIO 340')).toEqual([
      { id: ada, name: null },
      { id: unknown, name: null },
    ]);
    await tell('Ada Müller', 1);
    await until(async () => (await instructors('BIO 340'))[0]?.name === 'Ada Müller', 5_000);
    expect(await codes('instructor=muller')).toEqual(['BIO 340']);
    await tell('Ada North', 2);
    await until(async () => (await codes('instructor=a%20NOR')).length === 1, 5_000);
    expect(await codes('instructor=muller')).toEqual([]);
    const [listed] = (await list('departmentId=BIO&level=3')).body.items;
    expect(listed?.instructors).toEqual([
      { id: ada, name: 'Ada North' },
      { id: unknown, name: null },
    ]);
    const fields = { departmentId: 'BIO', code: 'BIO 350', instructorIds: [ada] };
    expect((await system.create(fields)).instructors).toEqual([{ id: ada, name: 'Ada North' }]);
  });
});
