import type { OfferingUpdate } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withHeldTransaction, withTornBatch } from '../testing/broken.ts';
import { EnrollmentsSystem, openSemester, plainCourse } from '../testing/enrollments-system.ts';
import { OfferingsService } from './offerings.service.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

type Meetings = OfferingUpdate['meetings'];

const past = new Date(Date.now() - 60_000).toISOString();
const meets = (day: string) => [{ day, start: '09:00', end: '10:00', room: 'A1' }] as Meetings;

const offering = (courseId: string) => ({ table: 'offerings', key: { course_id: courseId } });

async function scheduleVersion(): Promise<number> {
  const item = await system.dynamo.get<{ schedule_version: number }>('semesters', { id: 'fall' });
  return item?.schedule_version ?? 0;
}

const put = (courseId: string, change: object) =>
  system.internal('PUT', `offerings/${courseId}`, { ...plainCourse, ...change });

describe('what the courses service tells', () => {
  it('holds for the very next enrollment on every instance', async () => {
    const courseId = await system.course({ version: 1 });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).status).toBe(201);
    await system.course({ id: courseId, status: 'closed', version: 2 });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe('course_not_open');
    await system.course({ id: courseId, status: 'open', capacity: 1, version: 3 });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe('seat_unavailable');
    await system.course({ id: courseId, capacity: 2, prerequisites: ['X-1'], version: 4 });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe(
      'prerequisite_not_met',
    );
  });

  it('holds for the times of courses that a student is in, on an instance that has them in memory', async () => {
    const user = newId('usr');
    const meetings = [{ day: 'tue', start: '09:00', end: '10:00', room: 'A1' }];
    const moved = [{ day: 'wed', start: '09:00', end: '10:00', room: 'A1' }];
    const [taken, next, other] = [
      await system.course({ meetings }),
      await system.course({ meetings }),
      await system.course({ meetings: moved }),
    ];
    for (const instance of [0, 1])
      await system.enroll(instance === 0 ? user : newId('usr'), taken, { instance });
    expect((await system.enroll(user, next, { instance: 1 })).body).toMatchObject({
      code: 'time_conflict',
      conflicts: [taken],
    });
    await system.course({ id: taken, meetings: moved, version: 2 });
    expect((await system.enroll(user, other, { instance: 1 })).body.code).toBe('time_conflict');
    expect((await system.enroll(user, next, { instance: 1 })).status).toBe(201);
  });

  it('holds for the times of other courses, though the first read after a change saw half of it', async () => {
    const user = newId('usr');
    const [before, after] = [meets('wed'), meets('thu')];
    const taken = await system.course({ meetings: before });
    const [free, clash] = [
      await system.course({ meetings: before }),
      await system.course({ meetings: after }),
    ];
    await system.enroll(user, taken, { instance: 1 });
    await withTornBatch(system, 1, offering(taken));
    await system.course({ id: taken, meetings: after, version: 2 });
    // Has the instance read the offering again.
    await system.enroll(user, await system.course({ meetings: meets('fri') }), { instance: 1 });
    expect((await system.enroll(user, clash, { instance: 1 })).body.code).toBe('time_conflict');
    expect((await system.enroll(user, free, { instance: 1 })).status).toBe(201);
  });

  it('holds for the times of the course itself, though the first read after a change saw half of it', async () => {
    const user = newId('usr');
    const courseId = await system.course({ meetings: meets('wed') });
    await system.enroll(user, await system.course({ meetings: meets('thu') }), { instance: 1 });
    await system.enroll(newId('usr'), courseId, { instance: 1 });
    await withTornBatch(system, 1, offering(courseId));
    await system.course({ id: courseId, meetings: meets('thu'), version: 2 });
    expect((await system.enroll(user, courseId, { instance: 1 })).body.code).toBe('time_conflict');
  });

  it('is known to every instance as a change of times, though its own read saw half of the change before', async () => {
    const courseId = await system.course({ meetings: meets('wed') });
    await withTornBatch(system, 0, offering(courseId));
    await system.course({ id: courseId, meetings: meets('thu'), version: 2 });
    const before = await scheduleVersion();
    await system.course({ id: courseId, meetings: meets('wed'), version: 3 });
    expect(await scheduleVersion()).toBe(before + 1);
  });

  it('holds for windows and limits of a semester', async () => {
    await system.semester('narrow');
    const courseId = await system.course({ semesterId: 'narrow' });
    const seat = await system.enroll(newId('usr'), courseId, { instance: 1 });
    await system.semester('narrow', { creditLimit: 1, version: 2 });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe(
      'credit_limit_exceeded',
    );
    await system.semester('narrow', {
      enrollmentClosesAt: past,
      dropDeadlineAt: past,
      withdrawDeadlineAt: past,
      version: 3,
    });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe(
      'enrollment_window_closed',
    );
    expect((await system.drop(seat.body.userId, seat.body.id, { instance: 1 })).body.code).toBe(
      'drop_period_closed',
    );
  });

  it('is taken once, in any order, and an older state changes nothing', async () => {
    const courseId = await system.course({ capacity: 5, version: 3 });
    expect((await put(courseId, { capacity: 9, version: 2 })).body).toMatchObject({
      capacity: 5,
      version: 3,
    });
    expect((await put(courseId, { capacity: 6, version: 4 })).body).toMatchObject({
      capacity: 6,
      version: 4,
    });
    expect((await put(courseId, { capacity: 6, version: 4 })).body).toMatchObject({
      capacity: 6,
      version: 4,
    });
    await system.semester('spring', { version: 5 });
    await system.semester('spring', { creditLimit: 0, version: 4 });
    const inSpring = await system.course({ semesterId: 'spring' });
    expect((await system.enroll(newId('usr'), inSpring)).status).toBe(201);
  });

  it('is refused where it would take seats away, and changes nothing then', async () => {
    const courseId = await system.course({ capacity: 3 });
    for (let index = 0; index < 2; index += 1) await system.enroll(newId('usr'), courseId);
    expect(await put(courseId, { capacity: 1, version: 2 })).toMatchObject({
      status: 409,
      body: { code: 'capacity_below_enrolled', enrolledCount: 2 },
    });
    expect((await put(courseId, { capacity: 2, version: 3 })).body).toMatchObject({
      capacity: 2,
      seatsAvailable: 0,
    });
  });

  it('is refused for good: a copy that arrives when it would fit is refused too, and hides nothing that follows', async () => {
    const courseId = await system.course({ capacity: 3 });
    const seats = [];
    for (let index = 0; index < 2; index += 1) seats.push(await system.enroll(newId('usr'), courseId));
    const shrink = { capacity: 1, version: 2 };
    const first = await put(courseId, shrink);
    expect([first.status, first.body['code']]).toEqual([409, 'capacity_below_enrolled']);
    for (const { body } of seats) await system.drop(body.userId, body.id);
    const { traceId: _first, ...refusal } = first.body;
    for (const instance of [1, 0]) {
      const copy = await system.internal(
        'PUT',
        `offerings/${courseId}`,
        { ...plainCourse, ...shrink },
        instance,
      );
      const { traceId: _copy, ...again } = copy.body;
      expect([copy.status, again]).toEqual([409, refusal]);
    }
    await system.course({ id: courseId, capacity: 3, status: 'closed', version: 3 });
    const late = await system.enroll(newId('usr'), courseId, { instance: 1 });
    expect(late.body.code).toBe('course_not_open');
    expect((await put(courseId, shrink)).body).toMatchObject({ capacity: 3, version: 3 });
  });

  it('is refused for good also by an instance that was stopped between reading the seats and writing them', async () => {
    const courseId = await system.course({ capacity: 3 });
    const seats = [];
    for (let index = 0; index < 2; index += 1) seats.push(await system.enroll(newId('usr'), courseId));
    const held = withHeldTransaction(system, 1);
    const shrink = { ...plainCourse, capacity: 1, version: 2 };
    const stopped = system.internal('PUT', `offerings/${courseId}`, shrink, 1);
    await held.reached;
    expect((await system.internal('PUT', `offerings/${courseId}`, shrink)).status).toBe(409);
    for (const { body } of seats) await system.drop(body.userId, body.id);
    await system.course({ id: courseId, capacity: 3, status: 'closed', version: 3 });
    held.release();
    expect((await stopped).body).toMatchObject({ capacity: 3, version: 3 });
    expect((await system.enroll(newId('usr'), courseId)).body.code).toBe('course_not_open');
  });

  it('holds all the same where it has happened, and was refused to somebody', async () => {
    const courseId = await system.course({ capacity: 3 });
    for (let index = 0; index < 2; index += 1) await system.enroll(newId('usr'), courseId);
    expect((await put(courseId, { capacity: 1, version: 2 })).status).toBe(409);
    const fact = { ...plainCourse, capacity: 1, version: 3 };
    const seats = await system.get(OfferingsService).putCourse(courseId, fact, { isFact: true });
    expect(seats).toMatchObject({ capacity: 1, enrolledCount: 2, version: 3 });
  });

  it('is told in the middle of a rush and keeps every count', async () => {
    const courseId = await system.course({ capacity: 100 });
    const rush = Array.from({ length: 80 }, (_, index) =>
      system.enroll(newId('usr'), courseId, { instance: index % 2 }),
    );
    const changes = (async () => {
      for (let version = 2; version < 8; version += 1)
        await system.course({ id: courseId, capacity: 100 + version, version });
    })();
    const answers = await Promise.all(rush);
    await changes;
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(80);
    const seats = await system.internal('POST', 'seats/batch-get', { courseIds: [courseId] });
    expect(seats.body['items']).toEqual([
      expect.objectContaining({ enrolledCount: 80, capacity: 107, sequence: 80, version: 7 }),
    ]);
  });

  it('is for services only', async () => {
    const user = newId('usr');
    const call = { method: 'PUT', path: '/internal/semesters/fall', body: openSemester } as const;
    expect((await system.sendRequest({ ...call })).status).toBe(401);
    expect((await system.sendRequest({ ...call, user, roles: ['admin'] })).status).toBe(401);
  });
});
