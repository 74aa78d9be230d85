import type { RosterPage } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';
import { requestText } from '../testing/text-answer.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

function roster(courseId: string, query = '', call: Partial<Call> = registrar) {
  return system.sendRequest<RosterPage & { code: string }>({
    path: `/api/courses/${courseId}/roster${query}`,
    ...call,
  });
}

/** A course with `count` students, all asking at once, so that many share a moment. */
async function filled(count: number, capacity = count) {
  const courseId = await system.course({ capacity, waitlistCapacity: 1_000 });
  const users = Array.from({ length: count }, (_, at) => system.person({ name: `Student ${at}` }));
  const answers = await Promise.all(
    users.map((user) => system.enroll(user, courseId, { sendRequest: { joinWaitlist: true } })),
  );
  return { courseId, users, enrollments: answers.map(({ body }) => body) };
}

describe('a roster', () => {
  it('pages through everybody once, in order of enrolledAt and id, with names', async () => {
    const { courseId, users } = await filled(70);
    const seen: RosterPage['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=30' : `?limit=30&cursor=${cursor}`;
      const { status, body } = await roster(courseId, query);
      expect(status).toBe(200);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen.map(({ userId }) => userId).sort()).toEqual([...users].sort());
    const places = seen.map(({ enrolledAt, id }) => `${enrolledAt} ${id}`);
    expect(places).toEqual([...places].sort());
    const [first] = seen;
    expect(first).toMatchObject({ courseId, status: 'enrolled', waitlistPosition: null });
    expect(first?.userName).toMatch(/^Student \d+$/);
    expect(first?.userEmail).toBe(`${first?.userId.slice(4)}@registrar.example`);
  });

  it('shows by status, with positions on the waitlist, what was acknowledged before', async () => {
    const { courseId, enrollments } = await filled(6, 3);
    const [seat] = enrollments.filter(({ status }) => status === 'enrolled');
    await system.drop(seat?.userId ?? '', seat?.id ?? '');
    const waiting = await roster(courseId, '?status=waitlisted');
    expect(waiting.body.items.map(({ waitlistPosition }) => waitlistPosition).sort()).toEqual([1, 2]);
    expect((await roster(courseId, '?status=enrolled')).body.items).toHaveLength(3);
    expect((await roster(courseId, '?status=dropped')).body.items.map(({ id }) => id)).toEqual([seat?.id]);
    expect((await roster(courseId)).body.items).toHaveLength(6);
  });

  it('is private, tagged, and not sent again to who has it', async () => {
    const { courseId } = await filled(2);
    const { headers } = await roster(courseId);
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Accept, Accept-Encoding' });
    const held = { 'if-none-match': String(headers['etag']) };
    expect((await roster(courseId, '', { ...registrar, headers: held })).status).toBe(304);
  });

  it('is for the instructors of the course and registrars', async () => {
    const instructor = newId('usr');
    const courseId = await system.course({ instructorIds: [instructor] });
    const draft = await system.course({ status: 'draft', instructorIds: [instructor] });
    const own = { user: instructor, roles: ['instructor' as const] };
    expect((await roster(courseId, '', own)).status).toBe(200);
    expect((await roster(courseId, '', { user: 'usr_admin', roles: ['admin'] })).status).toBe(200);
    for (const stranger of [
      { user: newId('usr') },
      { user: newId('usr'), roles: ['instructor' as const] },
      { user: instructor },
    ]) {
      expect(await roster(courseId, '', stranger)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
      expect(await roster(draft, '', stranger)).toMatchObject({
        status: 404,
        body: { code: 'course_not_found' },
      });
    }
    expect(await roster('crs_unknown')).toMatchObject({ status: 404, body: { code: 'course_not_found' } });
    expect((await system.sendRequest({ path: `/api/courses/${courseId}/roster` })).status).toBe(401);
  });

  it('refuses forged cursors, those of another list, and what it does not know', async () => {
    const { courseId } = await filled(3);
    const { body } = await roster(courseId, '?limit=1');
    const cursor = body.nextCursor ?? '';
    const other = await filled(1);
    for (const [id, query] of [
      [courseId, `?cursor=${cursor}x`],
      [courseId, '?cursor=e30'],
      [courseId, `?status=enrolled&cursor=${cursor}`],
      [other.courseId, `?cursor=${cursor}`],
    ] as const)
      expect(await roster(id, query)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    for (const query of ['?status=gone', '?limit=0', '?limit=101', '?page=2'])
      expect(await roster(courseId, query)).toMatchObject({
        status: 422,
        body: { code: 'validation_failed' },
      });
  });

  it('shows who is unknown to everybody without a name', async () => {
    const courseId = await system.course();
    await system.enroll(newId('usr'), courseId);
    expect((await roster(courseId)).body.items).toMatchObject([{ userName: null, userEmail: null }]);
  });
});

describe('the file of a roster', () => {
  const csv = { accept: 'text/csv' };

  it('has everybody, and names that would be formulas as text', async () => {
    const { courseId } = await filled(130);
    const formula = system.person({ name: '=HYPERLINK("http://registrar.example")' });
    await system.enroll('', courseId, {
      ...registrar,
      sendRequest: { userId: formula, override: ['seat_unavailable'] },
    });
    const { status, headers, text } = await requestText(system, `/api/courses/${courseId}/roster`, {
      ...registrar,
      headers: csv,
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="roster-C-[a-z0-9]+-1.csv"$/,
      ) as string,
      'cache-control': 'private, no-cache',
      vary: 'Accept, Accept-Encoding',
    });
    const lines = parse<{ userName: string }>(text, { bom: true, columns: true });
    expect(lines).toHaveLength(131);
    expect(lines.at(-1)?.userName).toBe('\'=HYPERLINK("http://registrar.example")');
  });

  it('is for those who may see the roster, and shows one status where asked', async () => {
    const { courseId } = await filled(3, 2);
    const path = `/api/courses/${courseId}/roster`;
    const call = { ...registrar, headers: csv };
    const { text } = await requestText(system, `${path}?status=waitlisted`, call);
    expect(parse<object>(text, { bom: true, columns: true })).toMatchObject([{ waitlistPosition: '1' }]);
    expect(
      (await requestText(system, path, { user: newId('usr'), roles: ['student'], headers: csv })).status,
    ).toBe(403);
    expect(await requestText(system, path, { ...call, method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
    });
  });
});
