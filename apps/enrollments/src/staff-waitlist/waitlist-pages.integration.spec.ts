import type { WaitlistPage } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

const teacher = newId('usr');
const instructor = { user: teacher, roles: ['instructor' as const] };

const waitlist = (courseId: string, query = '', call: Partial<Call> = registrar) =>
  system.sendRequest<WaitlistPage & { code: string }>({
    path: `/api/courses/${courseId}/waitlist${query}`,
    ...call,
  });

/** A course with one seat and `count` who wait for it, in order. */
async function waited(count: number) {
  const courseId = await system.course({ capacity: 1, waitlistCapacity: 100, instructorIds: [teacher] });
  const seated = newId('usr');
  const seat = await system.enroll(seated, courseId);
  const users: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const user = system.person({ name: `Student ${at}` });
    expect((await system.enroll(user, courseId, { sendRequest: { joinWaitlist: true } })).body.status).toBe(
      'waitlisted',
    );
    users.push(user);
  }
  return { courseId, users, seat: { user: seated, id: seat.body.id } };
}

describe('the waitlist of a course', () => {
  it('is paged in order, with names, and positions that count over the pages', async () => {
    const { courseId, users } = await waited(5);
    const seen: WaitlistPage['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`;
      const { status, body } = await waitlist(courseId, query);
      expect(status).toBe(200);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen.map(({ enrollment }) => enrollment.userId)).toEqual(users);
    expect(seen.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect(seen.map(({ enrollment }) => enrollment.waitlistPosition)).toEqual([1, 2, 3, 4, 5]);
    expect(seen[1]).toMatchObject({
      userName: 'Student 1',
      userEmail: `${users[1]?.slice(4)}@registrar.example`,
      enrollment: { status: 'waitlisted', courseId },
      passedOver: null,
    });
  });

  it('says why a seat passed by, to instructors without the words', async () => {
    const { courseId, users, seat } = await waited(2);
    const [first] = users;
    const hold = { userId: first, office: 'Student Accounts', reason: 'A fee is open.' };
    expect(
      (await system.sendRequest({ ...registrar, method: 'POST', path: '/api/holds', body: hold })).status,
    ).toBe(201);
    await system.drop(seat.user, seat.id);
    await vi.waitFor(async () => {
      const { items } = (await waitlist(courseId)).body;
      expect(items.map(({ enrollment }) => enrollment.userId)).toEqual([first]);
    });
    const [passed] = (await waitlist(courseId)).body.items;
    expect(passed?.passedOver).toMatchObject({
      code: 'hold',
      detail: expect.stringContaining('Student Accounts') as string,
    });
    const [forInstructor] = (await waitlist(courseId, '', instructor)).body.items;
    expect(forInstructor?.passedOver).toEqual({ ...passed?.passedOver, detail: null });
  });

  it('is for the instructors of the course and registrars', async () => {
    const courseId = await system.course({ instructorIds: [teacher] });
    expect((await waitlist(courseId, '', instructor)).body).toMatchObject({ items: [], nextCursor: null });
    for (const stranger of [{ user: newId('usr') }, { user: newId('usr'), roles: ['instructor' as const] }])
      expect(await waitlist(courseId, '', stranger)).toMatchObject({
        status: 403,
        body: { code: 'forbidden', detail: expect.stringContaining('waitlist') as string },
      });
    expect(await waitlist('crs_unknown')).toMatchObject({ status: 404, body: { code: 'course_not_found' } });
  });

  it('takes no cursor of another list, and no forged one', async () => {
    const { courseId } = await waited(2);
    const other = await waited(1);
    const cursor = (await waitlist(courseId, '?limit=1')).body.nextCursor ?? '';
    for (const [id, query] of [
      [courseId, `?cursor=${cursor}x`],
      [other.courseId, `?cursor=${cursor}`],
    ] as const)
      expect(await waitlist(id, query)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    expect((await waitlist(courseId, '?limit=0')).status).toBe(422);
  });
});

describe('the reservation of a seat', () => {
  it('is shown to the student and registrars, and hidden from instructors everywhere', async () => {
    const match = { groups: ['honors'] };
    const reservations = [{ name: 'Honors', seats: 1, match, releasesAt: null }];
    const courseId = await system.course({ instructorIds: [teacher], reservations });
    const user = system.person();
    const headers = { 'if-match': '*' };
    const student = { ...registrar, method: 'PATCH' as const, path: `/api/students/${user}`, headers };
    await system.sendRequest({ ...student, body: { groups: ['honors'] } });
    const { body: seat } = await system.enroll(user, courseId);
    expect(seat.reservation).toBe('Honors');
    const path = `/api/enrollments/${seat.id}`;
    for (const [call, reservation] of [
      [{ user }, 'Honors'],
      [registrar, 'Honors'],
      [instructor, null],
    ] as const) {
      expect((await system.sendRequest({ ...call, path } as Call)).body).toMatchObject({ reservation });
    }
    for (const [call, reservation] of [
      [registrar, 'Honors'],
      [instructor, null],
    ] as const) {
      const roster = await system.sendRequest({ ...call, path: `/api/courses/${courseId}/roster` } as Call);
      expect(roster.body['items']).toMatchObject([{ reservation }]);
    }
    const completed = await system.sendRequest({
      ...instructor,
      method: 'PATCH',
      path,
      body: { status: 'completed', grade: 'A' },
    });
    expect(completed.body).toMatchObject({ status: 'completed', grade: 'A', reservation: null });
    const roster = await system.sendRequest({ ...registrar, path: `/api/courses/${courseId}/roster` });
    expect(roster.body['items']).toMatchObject([{ reservation: 'Honors', grade: 'A' }]);
  });
});
