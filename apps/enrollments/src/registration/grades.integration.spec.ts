import { randomUUID } from 'node:crypto';
import type { Completion, Enrollment, GradesResult } from '@registrar/contracts-enrollments';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
  await system.semester('spring');
});
afterAll(() => system.stop());

const teacher = { user: 'usr_teacher', roles: ['instructor' as const] };

const change = (id: string, body: object, caller: Partial<Call> = registrar) =>
  system.sendRequest<Enrollment & { code: string; detail: string; errors: { path: string }[] }>({
    method: 'PATCH',
    path: `/api/enrollments/${id}`,
    body,
    ...caller,
  });

const completions = async (user: string) =>
  (await system.sendRequest<{ items: Completion[] }>({ user, path: '/api/students/me/completions' })).body
    .items;

const entry = async (user: string, id: string) =>
  (await system.sendRequest<{ items: Enrollment[] }>({ user, path: '/api/enrollments/me' })).body.items.find(
    (each) => each.id === id,
  );

async function seat(change: Parameters<EnrollmentsSystem['course']>[0] = {}) {
  const user = system.person();
  const courseId = await system.course({ instructorIds: [teacher.user], ...change });
  const { body } = await system.enroll(user, courseId);
  return { user, courseId, id: body.id };
}

describe('a completion', () => {
  it('has its grade, which may be corrected and undone', async () => {
    const { user, id } = await seat();
    expect(await change(id, { grade: 'A' })).toMatchObject({
      status: 409,
      body: { code: 'invalid_transition' },
    });
    expect((await change(id, { status: 'completed', grade: 'B+' }, teacher)).body).toMatchObject({
      status: 'completed',
      grade: 'B+',
      version: 2,
    });
    expect((await change(id, { status: 'completed' })).body).toMatchObject({ grade: 'B+', version: 2 });
    expect((await change(id, { grade: 'A' })).body).toMatchObject({ grade: 'A', version: 3 });
    expect(await entry(user, id)).toMatchObject({ status: 'completed', grade: 'A' });
    expect(await completions(user)).toMatchObject([{ grade: 'A', source: 'enrollment', enrollmentId: id }]);
    const before = await entry(user, id);
    expect((await change(id, { status: 'enrolled' }, teacher)).body).toMatchObject({
      status: 'enrolled',
      grade: null,
      enrolledAt: before?.enrolledAt,
    });
    expect(await completions(user)).toEqual([]);
    expect((await change(id, { status: 'enrolled' })).body).toMatchObject({ status: 'enrolled', version: 4 });
    const seats = await system.sendRequest({ path: `/api/courses/${before?.courseId ?? ''}/seats` });
    expect(seats.body).toMatchObject({ enrolledCount: 1 });
  });

  it('with a grade that does not pass meets nothing and leaves room for another section', async () => {
    const { user, id } = await seat({ code: 'RETAKE 1', section: '1' });
    const second = await system.course({ code: 'RETAKE 1', section: '2' });
    const later = await system.course({ semesterId: 'spring', prerequisites: ['RETAKE 1'] });
    await change(id, { status: 'completed', grade: 'F' });
    expect((await system.enroll(user, later, { instance: 1 })).body.code).toBe('prerequisite_not_met');
    expect((await system.enroll(user, second, { instance: 1 })).status).toBe(201);
    await change(id, { grade: 'D-' });
    expect((await system.enroll(user, later)).status).toBe(201);
    const { body } = await system.sendRequest<{ earnedCredits: number }>({ user, path: '/api/students/me' });
    expect(body.earnedCredits).toBe(3);
  });

  it('has waiting places of other semesters judged again', async () => {
    const { user, id } = await seat({ code: 'FIRST 1' });
    const [blocker] = [system.person()];
    const next = await system.course({
      semesterId: 'spring',
      capacity: 1,
      waitlistCapacity: 2,
      prerequisites: ['FIRST 1'],
    });
    const held = await system.enroll('', next, {
      ...registrar,
      body: { courseId: next, userId: blocker, override: ['prerequisite_not_met'] },
    });
    await change(id, { status: 'completed', grade: 'B' });
    const waits = (await system.enroll(user, next, { sendRequest: { joinWaitlist: true } })).body;
    await change(id, { grade: 'F' });
    await system.drop(blocker, held.body.id);
    expect((await entry(user, waits.id))?.status).toBe('waitlisted');
    await change(id, { grade: 'B' });
    await until(async () => (await entry(user, waits.id))?.status === 'enrolled');
  });

  it.each([
    [{ status: 'completed', grade: 'Z' }, 'grade'],
    [{ status: 'completed', grade: '101' }, 'grade'],
    [{ status: 'enrolled', grade: 'A' }, 'grade'],
    [{ status: 'dropped' }, 'status'],
    [{}, 'status'],
  ])('is refused as %j', async (body, path) => {
    const { id } = await seat();
    expect(await change(id, body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });
});

describe('grades of a course', () => {
  const grade = (courseId: string, items: object[], caller: Partial<Call> = teacher) =>
    system.sendRequest<GradesResult & { errors: { path: string }[] }>({
      method: 'POST',
      path: `/api/courses/${courseId}/grades`,
      body: { items },
      key: randomUUID(),
      ...caller,
    });

  it('complete and correct each by itself', async () => {
    const courseId = await system.course({ instructorIds: [teacher.user] });
    const students = Array.from({ length: 8 }, () => system.person());
    const ids = await Promise.all(
      students.map(async (user) => (await system.enroll(user, courseId)).body.id),
    );
    await system.drop(students[7] ?? '', ids[7] ?? '');
    const other = await seat();
    const items = [...ids, other.id, 'enr_x_y'].map((enrollmentId) => ({ enrollmentId, grade: 'B' }));
    const { status, body } = await grade(courseId, [...items, { enrollmentId: ids[0], grade: '88' }]);
    expect(status).toBe(200);
    expect(body.completed).toBe(7);
    expect(body.refused.map(({ enrollmentId, code }) => [enrollmentId, code]).sort()).toEqual(
      [
        [ids[7], 'invalid_transition'],
        [other.id, 'enrollment_not_found'],
        ['enr_x_y', 'enrollment_not_found'],
      ].sort(),
    );
    expect(await entry(students[0] ?? '', ids[0] ?? '')).toMatchObject({ status: 'completed', grade: '88' });
    expect((await grade(courseId, [{ enrollmentId: ids[1], grade: 'A' }])).body.completed).toBe(1);
    expect(await entry(students[1] ?? '', ids[1] ?? '')).toMatchObject({ grade: 'A' });
  });

  it('are for its instructors and registrars, and for grades that there are', async () => {
    const { id, courseId, user } = await seat();
    const items = [{ enrollmentId: id, grade: 'A' }];
    expect((await grade(courseId, items, { user })).status).toBe(403);
    expect((await grade(courseId, items, { user: 'usr_o', roles: ['instructor'] })).status).toBe(403);
    expect((await grade('crs_unknown', items, registrar)).status).toBe(404);
    expect(await grade(courseId, [...items, { enrollmentId: id, grade: 'Q' }])).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'items.1.grade' }] },
    });
    expect((await grade(courseId, [])).status).toBe(422);
    expect((await grade(courseId, items, registrar)).body).toEqual({ completed: 1, refused: [] });
    const draft = await system.course({ instructorIds: [teacher.user], status: 'draft' });
    expect((await grade(draft, items, { user: 'usr_o', roles: ['instructor'] })).status).toBe(404);
    expect((await grade(draft, items)).status).toBe(200);
  });
});

describe("one student's enrollments", () => {
  it('are listed to registrars', async () => {
    const { user, id } = await seat();
    const path = `/api/enrollments?userId=${user}&status=enrolled&semesterId=fall`;
    const { status, body } = await system.sendRequest<{ items: Enrollment[] }>({ ...registrar, path });
    expect([status, body.items.map((each) => each.id)]).toEqual([200, [id]]);
    expect((await system.sendRequest({ user, path })).status).toBe(403);
    expect(
      (await system.sendRequest({ ...registrar, path: '/api/enrollments?userId=usr_none' })).status,
    ).toBe(422);
    expect((await system.sendRequest({ ...registrar, path: '/api/enrollments' })).status).toBe(422);
  });
});
