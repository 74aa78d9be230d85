import { newId } from '@registrar/service';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
  await system.semester('spring');
});
afterAll(() => system.stop());

const post = (path: string, body: object | string, user = newId('usr')) =>
  system.sendRequest<Problem>({ user, method: 'POST', path, body, key: 'k' });
interface Problem {
  code: string;
  errors?: { path: string }[];
}
const pathsOf = ({ body }: { body: Problem }) => body.errors?.map(({ path }) => path).sort();

describe('bad input', () => {
  it('names every fault of a request for a seat at once', async () => {
    const answer = await post('/api/enrollments', {
      courseId: 7,
      joinWaitlist: 'yes',
      override: ['already_enrolled'],
      userId: '',
      colour: 'red',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(pathsOf(answer)).toEqual(['colour', 'courseId', 'joinWaitlist', 'override.0', 'userId']);
  });

  it('names every fault of a swap, a completion and a query', async () => {
    expect(pathsOf(await post('/api/enrollments/swap', { addCourseId: null, x: 1 }))).toEqual([
      'addCourseId',
      'dropEnrollmentId',
      'x',
    ]);
    const patch = await system.sendRequest<Problem>({
      user: newId('usr'),
      method: 'PATCH',
      path: '/api/enrollments/enr_a_b',
      body: { status: 'dropped', y: 1 },
    });
    expect(pathsOf(patch)).toEqual(['status', 'y']);
    const list = await system.sendRequest<Problem>({
      user: newId('usr'),
      path: '/api/enrollments/me?limit=0&status=gone&page=2',
    });
    expect(pathsOf(list)).toEqual(['limit', 'page', 'status']);
  });

  it('refuses parameters that are not known on every route', async () => {
    const user = newId('usr');
    for (const [method, path] of [
      ['POST', '/api/enrollments'],
      ['GET', '/api/enrollments/me'],
      ['POST', '/api/enrollments/swap'],
      ['POST', '/api/enrollments/import'],
      ['GET', '/api/enrollments/enr_a_b'],
      ['GET', '/api/enrollments/enr_a_b/history'],
      ['PATCH', '/api/enrollments/enr_a_b'],
      ['DELETE', '/api/enrollments/enr_a_b'],
      ['GET', '/api/courses/crs_a/roster'],
      ['GET', '/api/courses/crs_a/seats'],
    ] as const)
      for (const name of ['surprise', '__proto__']) {
        const path1 = `${path}?${name}=1`;
        const answer = await system.sendRequest<Problem>({ user, roles: ['registrar'], method, path: path1 });
        expect([method, path1, answer.status, pathsOf(answer)]).toEqual([method, path1, 422, [name]]);
      }
  });

  it('answers invalid_path to a path that is no UTF-8, and 404 to an id that is longer than any', async () => {
    const user = newId('usr');
    const ask = (path: string) => system.sendRequest<Problem>({ user, path });
    expect(await ask('/api/enrollments/%ff%fe')).toMatchObject({
      status: 400,
      body: { code: 'invalid_path' },
    });
    expect(await ask(`/api/enrollments/${'a'.repeat(300)}`)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  it('refuses a swap over two semesters as a fault of the field', async () => {
    const user = newId('usr');
    const had = await system.enroll(user, await system.course());
    const answer = await post(
      '/api/enrollments/swap',
      { dropEnrollmentId: had.body.id, addCourseId: await system.course({ semesterId: 'spring' }) },
      user,
    );
    expect(answer.status).toBe(422);
    expect(pathsOf(answer)).toEqual(['addCourseId']);
  });

  it('gives nobody a sight of, or a hand on, what is not theirs', async () => {
    const owner = newId('usr');
    const courseId = await system.course({ instructorIds: ['usr_teacher'] });
    const { body } = await system.enroll(owner, courseId);
    const path = `/api/enrollments/${body.id}`;
    const as = (
      user: string,
      roles: ('student' | 'instructor' | 'registrar' | 'admin')[],
      method: 'GET' | 'DELETE' | 'PATCH' = 'GET',
    ) =>
      system.sendRequest({
        user,
        roles,
        method,
        path,
        ...(method === 'PATCH' && { body: { status: 'completed' } }),
      });
    expect((await as(newId('usr'), ['student'])).status).toBe(404);
    expect((await as(newId('usr'), ['student'], 'DELETE')).status).toBe(404);
    expect((await as(newId('usr'), ['instructor'])).status).toBe(404);
    expect((await as('usr_teacher', ['instructor'])).status).toBe(200);
    expect((await as('usr_teacher', ['instructor'], 'DELETE')).status).toBe(403);
    expect((await as(owner, ['student'], 'PATCH')).status).toBe(403);
    expect((await as(newId('usr'), ['registrar'])).status).toBe(200);
    expect((await as('usr_teacher', ['instructor'], 'PATCH')).body).toMatchObject({ status: 'completed' });
    expect((await as(owner, ['student'], 'DELETE')).body).toMatchObject({ code: 'enrollment_completed' });
    expect((await system.sendRequest({ path })).status).toBe(401);
  });

  it('lets only a registrar enroll others, for users that there are, with audited overrides', async () => {
    const known = newId('usr');
    const user = {
      id: known,
      email: 'new@registrar.example',
      name: 'New',
      roles: ['student'],
      createdAt: '2027-01-01T00:00:00.000Z',
      version: 1,
    };
    system.users.set(known, user);
    const courseId = await system.course({ capacity: 0 });
    const asked = { courseId, userId: known, override: ['seat_unavailable'] };
    const call = (roles: ('student' | 'registrar')[], body: object, key: string) =>
      system.sendRequest({ user: 'usr_desk', roles, method: 'POST', path: '/api/enrollments', body, key });
    expect((await call(['student'], asked, 'a')).body).toMatchObject({ code: 'forbidden' });
    expect((await call(['registrar'], { ...asked, userId: newId('usr') }, 'b')).status).toBe(422);
    const done = await call(['registrar'], asked, 'c');
    expect(done).toMatchObject({ status: 201, body: { userId: known, status: 'enrolled' } });
    const history = await system.sendRequest<{ items: object[] }>({
      user: known,
      path: `/api/enrollments/${String(done.body['id'])}/history`,
    });
    expect(history.body.items).toEqual([
      expect.objectContaining({
        actorId: 'usr_desk',
        actorRole: 'registrar',
        override: ['seat_unavailable'],
      }),
    ]);
  });

  it('answers any JSON with a problem, never a server fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json(),
        fc.constantFrom('/api/enrollments', '/api/enrollments/swap'),
        async (json, path) => {
          const { status, body } = await post(path, json);
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
          expect(body.code).toMatch(/^[a-z_]+$/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('answers any path under enrollments with a problem', async () => {
    const user = newId('usr');
    for (const id of ['enr_', 'enr_a_b', 'enr__', '%00', '..%2f', 'a'.repeat(200), '😀', "' OR 1=1"]) {
      const { status } = await system.sendRequest({ user, path: `/api/enrollments/${encodeURI(id)}` });
      expect([400, 404]).toContain(status);
    }
  });
});
