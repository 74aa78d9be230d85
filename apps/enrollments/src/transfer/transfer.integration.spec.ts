import { randomUUID } from 'node:crypto';
import type { Enrollment, TransferResult } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
  await system.semester('spring');
});
afterAll(() => system.stop());

let number = 0;
const newCode = () => `MOVE ${(number += 1)}`;

type Outcome = TransferResult & { code: string; errors: { path: string; code: string }[] };

const transfer = (courseId: string, body: object, call: Partial<Call> = registrar) =>
  system.sendRequest<Outcome>({
    method: 'POST',
    path: `/api/courses/${courseId}/transfer`,
    body,
    ...call,
  });

async function seated(courseId: string, count: number): Promise<Enrollment[]> {
  const seats: Enrollment[] = [];
  for (let at = 0; at < count; at += 1) {
    const { status, body } = await system.enroll(system.person(), courseId);
    expect(status).toBe(201);
    seats.push(body);
  }
  return seats;
}

const statusOf = async ({ userId, id }: Pick<Enrollment, 'userId' | 'id'>) => {
  const { body } = await system.sendRequest({ user: userId, path: `/api/enrollments/${id}` });
  return body['status'];
};

const inCourse = (courseId: string, { userId }: Enrollment) => {
  return { userId, id: `enr_${courseId.slice(4)}_${userId.slice(4)}` };
};

const reasonsOf = async ({ userId, id }: Pick<Enrollment, 'userId' | 'id'>) => {
  const path = `/api/enrollments/${id}/history`;
  const { body } = await system.sendRequest<{ items: { reason: string | null }[] }>({ user: userId, path });
  return body.items.map(({ reason }) => reason);
};

/** Two sections of one code. */
async function sections(from: object = {}, to: object = {}) {
  const code = newCode();
  return [
    await system.course({ code, section: '1', ...from }),
    await system.course({ code: code.toLowerCase(), section: '2', ...to }),
  ] as const;
}

describe('a transfer', () => {
  it('moves students as far as there are seats, each both or neither, and says so in their histories', async () => {
    const [from, to] = await sections({}, { capacity: 2 });
    const seats = await seated(from, 3);
    const asked = { toCourseId: to, enrollmentIds: seats.map(({ id }) => id) };
    const { status, body } = await transfer(from, asked);
    expect(status).toBe(200);
    expect(body).toEqual({
      moved: 2,
      refused: [
        {
          enrollmentId: seats[2]?.id,
          code: 'seat_unavailable',
          detail: expect.any(String) as string,
        },
      ],
    });
    for (const seat of seats.slice(0, 2)) {
      expect(await statusOf(seat)).toBe('dropped');
      expect(await statusOf(inCourse(to, seat))).toBe('enrolled');
      expect(await reasonsOf(seat)).toEqual([null, 'transferred']);
      expect(await reasonsOf(inCourse(to, seat))).toEqual(['transferred']);
    }
    const [, , last] = seats;
    if (last) expect(await statusOf(last)).toBe('enrolled');
  });

  it('takes all who are enrolled, and nobody who waits', async () => {
    const [from, to] = await sections({ capacity: 2, waitlistCapacity: 5 });
    await seated(from, 2);
    await system.enroll(newId('usr'), from, { sendRequest: { joinWaitlist: true } });
    expect((await transfer(from, { toCourseId: to, all: true })).body).toEqual({ moved: 2, refused: [] });
  });

  it('refuses what is not there, what is of another course, and who has no seat, each with its reason', async () => {
    const [from, to] = await sections({ capacity: 3, waitlistCapacity: 5 });
    const [completed, seat] = await seated(from, 3);
    const waiting = await system.enroll(newId('usr'), from, { sendRequest: { joinWaitlist: true } });
    const [stranger] = await seated(await system.course(), 1);
    const done = { ...registrar, method: 'PATCH' as const, path: `/api/enrollments/${completed?.id}` };
    await system.sendRequest({ ...done, body: { status: 'completed', grade: 'A' } });
    const next = await system.enroll(newId('usr'), from, { sendRequest: { joinWaitlist: true } });
    await system.drop(next.body.userId, next.body.id);
    const ids = ['enr_unknown', stranger?.id, completed?.id, waiting.body.id, next.body.id, seat?.id];
    const { body } = await transfer(from, { toCourseId: to, enrollmentIds: ids });
    expect(body.moved).toBe(1);
    expect(body.refused.map(({ enrollmentId, code }) => [enrollmentId, code])).toEqual([
      ['enr_unknown', 'enrollment_not_found'],
      [stranger?.id, 'enrollment_not_found'],
      [completed?.id, 'enrollment_completed'],
      [waiting.body.id, 'invalid_transition'],
      [next.body.id, 'enrollment_ended'],
    ]);
  });

  it('is judged by all rules but the window', async () => {
    const past = new Date(Date.now() - 60_000).toISOString();
    await system.semester('closing');
    const code = newCode();
    const from = await system.course({ code, semesterId: 'closing' });
    const to = await system.course({ code, semesterId: 'closing', section: '2' });
    const [seat, held] = await seated(from, 2);
    const closed = { enrollmentClosesAt: past, dropDeadlineAt: past, withdrawDeadlineAt: past, version: 2 };
    await system.semester('closing', closed);
    const hold = { userId: held?.userId, office: 'Student Accounts', reason: 'A fee is open.' };
    await system.sendRequest({ ...registrar, method: 'POST', path: '/api/holds', body: hold });
    const { body } = await transfer(from, { toCourseId: to, all: true });
    expect(body).toMatchObject({ moved: 1, refused: [{ enrollmentId: held?.id, code: 'hold' }] });
    if (seat) expect(await statusOf(seat)).toBe('dropped');
  });

  it('rehearsed writes nothing, and counts the seats down', async () => {
    const [from, to] = await sections({}, { capacity: 2 });
    const seats = await seated(from, 3);
    const asked = { toCourseId: to, all: true, dryRun: true };
    const { body } = await transfer(from, asked);
    expect(body).toMatchObject({
      moved: 2,
      refused: [{ enrollmentId: seats[2]?.id, code: 'seat_unavailable' }],
    });
    for (const seat of seats) expect(await statusOf(seat)).toBe('enrolled');
    const roster = await system.sendRequest({ ...registrar, path: `/api/courses/${to}/roster` });
    expect(roster.body['items']).toEqual([]);
    expect((await transfer(from, { ...asked, dryRun: false })).body).toEqual(body);
  });

  it('has one effect and one answer for a key', async () => {
    const [from, to] = await sections();
    await seated(from, 1);
    const call = { ...registrar, key: randomUUID() };
    const asked = { toCourseId: to, all: true };
    expect((await transfer(from, asked, call)).body).toEqual({ moved: 1, refused: [] });
    const again = await transfer(from, asked, call);
    expect(again).toMatchObject({ status: 200, body: { moved: 1, refused: [] } });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('drops linked sections with the old one, and needs those of the new one', async () => {
    const code = newCode();
    const [lab, otherLab] = [
      await system.course({ code, section: 'L1', component: 'lab' }),
      await system.course({ code, section: 'L2', component: 'lab' }),
    ];
    const linkedTo = (id: string) => ({ linked: [{ component: 'lab', courseIds: [id] }] });
    const from = await system.course({ code, section: '1', ...linkedTo(lab) });
    const free = await system.course({ code, section: '2' });
    const bound = await system.course({ code, section: '3', ...linkedTo(otherLab) });
    const user = system.person();
    const add = [
      { courseId: from, joinWaitlist: false },
      { courseId: lab, joinWaitlist: false },
    ];
    const changes = { user, method: 'POST' as const, path: '/api/enrollments/changes', key: randomUUID() };
    expect((await system.sendRequest({ ...changes, body: { add } })).status).toBe(200);
    expect((await transfer(from, { toCourseId: bound, all: true })).body).toMatchObject({
      moved: 0,
      refused: [{ code: 'linked_section_required' }],
    });
    const idIn = (courseId: string) => ({ userId: user, id: `enr_${courseId.slice(4)}_${user.slice(4)}` });
    expect((await transfer(from, { toCourseId: free, all: true })).body).toEqual({ moved: 1, refused: [] });
    expect(await statusOf(idIn(lab))).toBe('dropped');
    expect(await statusOf(idIn(free))).toBe('enrolled');
  });

  it('goes to another section of the same code in the same semester alone', async () => {
    const [from] = await sections();
    const code = newCode();
    const others = [
      from,
      'crs_unknown',
      await system.course({ code }),
      await system.course({ code: `MOVE ${number - 1}`, semesterId: 'spring' }),
    ];
    for (const toCourseId of others) {
      const { status, body } = await transfer(from, { toCourseId, all: true });
      expect([status, body.errors.map(({ path }) => path)]).toEqual([422, ['toCourseId']]);
    }
    expect(await transfer('crs_unknown', { toCourseId: from, all: true })).toMatchObject({
      status: 404,
      body: { code: 'course_not_found' },
    });
  });

  it('is for registrars, and names enrollments or all of them', async () => {
    const [from, to] = await sections({ instructorIds: ['usr_teacher'] });
    const teacher = { user: 'usr_teacher', roles: ['instructor' as const] };
    expect((await transfer(from, { toCourseId: to, all: true }, teacher)).status).toBe(403);
    for (const asked of [{}, { enrollmentIds: [] }, { enrollmentIds: ['enr_a'], all: true }, { all: false }])
      expect((await transfer(from, { toCourseId: to, ...asked })).status).toBe(422);
  });
});
