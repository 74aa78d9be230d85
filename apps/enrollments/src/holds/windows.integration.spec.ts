import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnWindow } from '@registrar/contracts-enrollments';
import { clockNow } from '@registrar/service';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;
let folder: string;
const day = 86_400_000;
let written = 0;

/** Sets the clock of all instances. */
function setClock(at: string): void {
  const file = join(folder, 'clock');
  writeFileSync(file, String(Date.parse(at) - Date.now()));
  written += 1;
  utimesSync(file, written, written);
}

const inDays = (days: number) => new Date(clockNow() + days * day).toISOString();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'windows-'));
  const environment = { TEST_CLOCK_FILE: join(folder, 'clock'), CAMPUS_TIME_ZONE: 'America/New_York' };
  system = await EnrollmentsSystem.start(2, environment);
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true });
});

const windowOf = (user: string, semesterId: string, instance = 0) =>
  system.sendRequest<OwnWindow & { code: string }>({
    user,
    path: `/api/semesters/${semesterId}/window`,
    instance,
  });

async function studentOf(level: string | null): Promise<string> {
  const user = system.person();
  if (level === null) return user;
  const answer = await system.sendRequest({
    ...registrar,
    method: 'PATCH',
    path: `/api/students/${user}`,
    body: { level },
    headers: { 'if-match': '*' },
  });
  expect(answer.status).toBe(200);
  return user;
}

const statusOf = async (user: string, id: string) =>
  (await system.sendRequest<{ status: string }>({ user, path: `/api/enrollments/${id}` })).body.status;

describe('tickets', () => {
  const opening = '2026-11-01T05:30:00.000Z';
  const general = '2026-11-01T06:30:00.000Z';
  const late = '2026-11-02T05:00:00.000Z';
  const window = {
    enrollmentOpensAt: general,
    enrollmentClosesAt: '2026-12-01T05:00:00.000Z',
    dropDeadlineAt: '2026-12-05T05:00:00.000Z',
    withdrawDeadlineAt: '2026-12-10T05:00:00.000Z',
    tickets: [
      { name: 'Seniors', match: { levels: ['senior'] }, opensAt: opening },
      { name: 'Visitors', match: { levels: ['visitor'] }, opensAt: late },
    ],
  };

  it('open enrollment for whom they match, others at the general opening, in the hour that repeats', async () => {
    setClock('2026-11-01T05:29:30.000Z');
    await system.semester('repeats', window);
    const courseId = await system.course({ semesterId: 'repeats', capacity: 9 });
    const [senior, other, visitor] = [
      await studentOf('senior'),
      await studentOf(null),
      await studentOf('visitor'),
    ];
    expect(await windowOf(senior, 'repeats', 1)).toMatchObject({
      status: 200,
      body: { opensAt: opening, ticket: 'Seniors', isOpen: false, holds: [] },
    });
    expect((await windowOf(other, 'repeats')).body).toMatchObject({ opensAt: general, ticket: null });
    const refusal = async (user: string) => (await system.enroll(user, courseId, { instance: 1 })).body;
    expect(await refusal(senior)).toMatchObject({
      code: 'enrollment_window_closed',
      detail: 'Your enrollment opens on Nov 1, 2026, 1:30 AM EDT. Come back then.',
      params: { isOpening: true, opensAt: opening, ticket: 'Seniors' },
    });
    expect(await refusal(other)).toMatchObject({ detail: expect.stringContaining('1:30 AM EST') as string });
    setClock('2026-11-01T05:30:10.000Z');
    expect((await system.enroll(senior, courseId)).status).toBe(201);
    expect((await windowOf(senior, 'repeats')).body.isOpen).toBe(true);
    expect(await refusal(other)).toMatchObject({ code: 'enrollment_window_closed' });
    setClock('2026-11-01T06:30:10.000Z');
    expect((await system.enroll(other, courseId)).status).toBe(201);
    expect(await refusal(visitor)).toMatchObject({ params: { ticket: 'Visitors', opensAt: late } });
    setClock('2026-11-02T05:00:01.000Z');
    expect((await system.enroll(visitor, courseId)).status).toBe(201);
  });

  it('open at the moment that the clocks skip to', async () => {
    setClock('2026-03-08T06:59:50.000Z');
    const opensAt = '2026-03-08T02:00:00-05:00';
    const skipped = new Date(opensAt).toISOString();
    await system.semester('skips', {
      ...window,
      tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: skipped }],
    });
    const courseId = await system.course({ semesterId: 'skips' });
    const senior = await studentOf('senior');
    expect((await system.enroll(senior, courseId)).body).toMatchObject({
      detail: 'Your enrollment opens on Mar 8, 2026, 3:00 AM EDT. Come back then.',
      params: { opensAt: '2026-03-08T07:00:00.000Z' },
    });
    setClock('2026-03-08T07:00:01.000Z');
    expect((await system.enroll(senior, courseId)).status).toBe(201);
  });

  it('hold for promotions: who has no window yet is passed over, and promoted when it opens', async () => {
    setClock('2027-01-05T12:00:00.000Z');
    const semester = {
      ...window,
      enrollmentOpensAt: inDays(-1),
      enrollmentClosesAt: inDays(30),
      dropDeadlineAt: inDays(40),
      withdrawDeadlineAt: inDays(50),
    };
    await system.semester('promotes', { ...semester, tickets: [] });
    const courseId = await system.course({ semesterId: 'promotes', capacity: 1, waitlistCapacity: 5 });
    const [first, visitor, plain] = [
      await studentOf(null),
      await studentOf('visitor'),
      await studentOf(null),
    ];
    const seat = (await system.enroll(first, courseId)).body;
    const wait = async (user: string) =>
      (await system.enroll(user, courseId, { sendRequest: { joinWaitlist: true } })).body;
    const [visitorWaits, plainWaits] = [await wait(visitor), await wait(plain)];
    const ticket = { name: 'Visitors', match: { levels: ['visitor'] }, opensAt: inDays(2) };
    await system.semester('promotes', { ...semester, tickets: [ticket], version: 2 });
    await system.drop(first, seat.id);
    await until(async () => (await statusOf(plain, plainWaits.id)) === 'enrolled');
    expect(await statusOf(visitor, visitorWaits.id)).toBe('waitlisted');
    await system.internal('PUT', `offerings/${courseId}`, {
      ...(await offering(courseId)),
      capacity: 2,
      waitlistCapacity: 5,
      version: 2,
    });
    expect(await statusOf(visitor, visitorWaits.id)).toBe('waitlisted');
    setClock(new Date(Date.parse(ticket.opensAt) + 1_000).toISOString());
    await until(async () => (await statusOf(visitor, visitorWaits.id)) === 'enrolled');
  });

  it('are judged again when the record changes', async () => {
    await system.semester('changes', {
      enrollmentOpensAt: inDays(5),
      enrollmentClosesAt: inDays(30),
      tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: inDays(-1) }],
    });
    const courseId = await system.course({ semesterId: 'changes' });
    const user = await studentOf('junior');
    expect((await system.enroll(user, courseId)).status).toBe(409);
    await system.sendRequest({
      ...registrar,
      method: 'PATCH',
      path: `/api/students/${user}`,
      body: { level: 'senior' },
      headers: { 'if-match': '*' },
    });
    expect((await system.enroll(user, courseId, { instance: 1 })).status).toBe(201);
  });

  it('may go by earned credits', async () => {
    await system.semester('credits', {
      enrollmentOpensAt: inDays(5),
      enrollmentClosesAt: inDays(30),
      tickets: [{ name: 'Advanced', match: { minCredits: 6 }, opensAt: inDays(-1) }],
    });
    const courseId = await system.course({ semesterId: 'credits' });
    const user = system.person();
    const note = (code: string) =>
      system.sendRequest({
        ...registrar,
        method: 'POST',
        path: `/api/students/${user}/completions`,
        body: { code, credits: 3, completedOn: '2026-05-15' },
      });
    await note('A 1');
    expect((await system.enroll(user, courseId)).status).toBe(409);
    await note('A 2');
    expect((await windowOf(user, 'credits')).body).toMatchObject({ ticket: 'Advanced', isOpen: true });
    expect((await system.enroll(user, courseId)).status).toBe(201);
  });
});

/** What the courses service said of a course last. */
async function offering(courseId: string): Promise<object> {
  const item = await system.dynamo.get<Record<string, unknown>>('offerings', { course_id: courseId });
  return {
    semesterId: item?.['semester_id'],
    departmentId: 'MATH',
    code: item?.['code'],
    section: '1',
    title: 'Linear algebra',
    credits: 3,
    instructorIds: [],
    meetings: [],
    prerequisites: [],
    status: 'open',
    actorId: registrar.user,
  };
}

describe('the pause of a semester', () => {
  it('stops places and promotions, not drops, and ends with a change of the semester', async () => {
    const open = {
      enrollmentOpensAt: inDays(-1),
      enrollmentClosesAt: inDays(9),
      dropDeadlineAt: inDays(20),
      withdrawDeadlineAt: inDays(30),
    };
    await system.semester('paused', open);
    const courseId = await system.course({ semesterId: 'paused', capacity: 1, waitlistCapacity: 2 });
    const [first, waiter] = [system.person(), system.person()];
    const seat = (await system.enroll(first, courseId)).body;
    const waits = (await system.enroll(waiter, courseId, { sendRequest: { joinWaitlist: true } })).body;
    const pausedAt = inDays(-0.1);
    await system.semester('paused', { ...open, pausedAt, version: 2 });
    expect((await system.enroll(system.person(), courseId, { instance: 1 })).body).toMatchObject({
      code: 'registration_paused',
      params: { pausedAt },
    });
    expect((await windowOf(first, 'paused')).body.isOpen).toBe(false);
    expect((await system.drop(first, seat.id)).body.status).toBe('dropped');
    expect(await statusOf(waiter, waits.id)).toBe('waitlisted');
    await system.semester('paused', { ...open, version: 3 });
    await until(async () => (await statusOf(waiter, waits.id)) === 'enrolled');
  });

  it('in the future acts from then', async () => {
    const open = { enrollmentOpensAt: inDays(-1), enrollmentClosesAt: inDays(9) };
    await system.semester('pauses', { ...open, pausedAt: inDays(1) });
    const courseId = await system.course({ semesterId: 'pauses' });
    expect((await system.enroll(system.person(), courseId)).status).toBe(201);
    setClock(inDays(1.1));
    expect((await system.enroll(system.person(), courseId)).body.code).toBe('registration_paused');
  });
});

describe("a course's own deadlines", () => {
  it('go before those of its semester', async () => {
    const open = {
      enrollmentOpensAt: inDays(-5),
      enrollmentClosesAt: inDays(9),
      dropDeadlineAt: inDays(20),
      withdrawDeadlineAt: inDays(30),
    };
    await system.semester('halves', open);
    const own = { enrollmentClosesAt: inDays(1), dropDeadlineAt: inDays(2), withdrawDeadlineAt: inDays(3) };
    const courseId = await system.course({ semesterId: 'halves', ...own });
    const [a, b, c] = [system.person(), system.person(), system.person()];
    const [seatA, seatB] = [(await system.enroll(a, courseId)).body, (await system.enroll(b, courseId)).body];
    setClock(new Date(Date.parse(own.enrollmentClosesAt)).toISOString());
    expect((await system.enroll(c, courseId)).body).toMatchObject({
      code: 'enrollment_window_closed',
      params: { isOpening: false, closesAt: own.enrollmentClosesAt },
    });
    setClock(new Date(Date.parse(own.dropDeadlineAt) + 60_000).toISOString());
    expect((await system.drop(a, seatA.id)).body.status).toBe('withdrawn');
    setClock(new Date(Date.parse(own.withdrawDeadlineAt) + 60_000).toISOString());
    expect((await system.drop(b, seatB.id)).body).toMatchObject({ code: 'drop_period_closed' });
  });
});

describe('the own window', () => {
  it('names the holds in force, and is not there for an unknown semester', async () => {
    const user = system.person();
    await system.semester('held');
    const body = { userId: user, office: 'Bursar', reason: 'A fee is open.', blocks: ['drop'] };
    const { body: hold } = await system.sendRequest({
      ...registrar,
      method: 'POST',
      path: '/api/holds',
      body,
    });
    expect((await windowOf(user, 'held')).body.holds).toEqual([hold]);
    expect(await windowOf(user, 'unknown')).toMatchObject({
      status: 404,
      body: { code: 'semester_not_found' },
    });
  });
});
