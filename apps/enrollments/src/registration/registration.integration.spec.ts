import { randomUUID } from 'node:crypto';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { withHeldCommits } from '../testing/broken.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

const student = () => newId('usr');

describe('enrolling', () => {
  it('gives a seat, shows it at once, and gives the same id after a drop', async () => {
    const user = student();
    const courseId = await system.course();
    const first = await system.enroll(user, courseId);
    expect(first.status).toBe(201);
    expect(first.headers['location']).toBe(`/api/enrollments/${first.body.id}`);
    expect(first.body).toMatchObject({
      userId: user,
      courseId,
      status: 'enrolled',
      waitlistPosition: null,
      version: 1,
      credits: 3,
    });
    const me = await system.sendRequest<{ items: object[] }>({ user, path: '/api/enrollments/me' });
    expect(me.body.items).toEqual([first.body]);
    const dropped = await system.drop(user, first.body.id);
    expect(dropped).toMatchObject({ status: 200, body: { status: 'dropped', version: 2 } });
    expect((await system.drop(user, first.body.id)).body).toEqual(dropped.body);
    const again = await system.enroll(user, courseId);
    expect(again.body).toMatchObject({ id: first.body.id, status: 'enrolled', version: 3 });
    expect(again.body.enrolledAt > first.body.enrolledAt).toBe(true);
  });

  it('answers a retry with the stored answer, also a refusal, and refuses another body under the key', async () => {
    const user = student();
    const courseId = await system.course({ capacity: 1 });
    const key = randomUUID();
    const first = await system.enroll(user, courseId, { key });
    const retry = await system.enroll(user, courseId, { key });
    expect(retry).toMatchObject({
      status: 201,
      body: first.body,
      headers: { 'idempotency-replayed': 'true' },
    });
    const late = { user: student(), key: randomUUID() };
    const refusal = await system.enroll(late.user, courseId, late);
    expect(refusal).toMatchObject({ status: 409, body: { code: 'seat_unavailable' } });
    await system.drop(user, first.body.id);
    expect(await system.enroll(late.user, courseId, late)).toMatchObject({
      status: 409,
      headers: { 'idempotency-replayed': 'true' },
    });
    const other = await system.enroll(late.user, courseId, { ...late, sendRequest: { joinWaitlist: true } });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('takes a lecture and a lab of one code, and not two labs; halves of a term at one time', async () => {
    const user = student();
    const code = 'PHYS 7';
    const half = (dates: object) => [{ day: 'mon', start: '09:00', end: '10:00', room: '', ...dates }];
    const lecture = await system.course({ code, meetings: half({ endsOn: '2027-03-05' }) });
    const lab = await system.course({ code, component: 'lab', meetings: half({ startsOn: '2027-03-08' }) });
    const otherLab = await system.course({ code: 'phys 7', component: 'lab' });
    const topic = await system.course({ code, topic: 'Waves' });
    const clash = await system.course({ meetings: half({ startsOn: '2027-03-01', endsOn: '2027-03-07' }) });
    for (const courseId of [lecture, lab, topic])
      expect((await system.enroll(user, courseId)).status).toBe(201);
    expect(await system.enroll(user, otherLab)).toMatchObject({
      body: { code: 'already_enrolled', params: { other: { courseId: lab } } },
    });
    expect(await system.enroll(user, clash)).toMatchObject({
      body: { code: 'time_conflict', conflicts: [lecture] },
    });
  });

  it('needs a key, and a good one', async () => {
    const call = {
      user: student(),
      method: 'POST',
      path: '/api/enrollments',
      body: { courseId: 'crs_x' },
    } as const;
    expect(await system.sendRequest(call)).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_required' },
    });
    expect(await system.sendRequest({ ...call, key: 'a b' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_idempotency_key' },
    });
  });

  it('knows no unknown courses and no drafts', async () => {
    const draft = await system.course({ status: 'draft' });
    for (const courseId of ['crs_unknown', draft, 'x'.repeat(100)]) {
      expect(await system.enroll(student(), courseId)).toMatchObject({
        status: 404,
        body: { code: 'course_not_found' },
      });
    }
  });
});

describe('the waitlist', () => {
  it('promotes in order in the commit that frees the seat', async () => {
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 2 });
    const [a, b, c, d] = [student(), student(), student(), student()];
    const ask = { joinWaitlist: true };
    const seat = await system.enroll(a, courseId, { sendRequest: ask });
    expect(seat.body.status).toBe('enrolled');
    expect((await system.enroll(b, courseId, { sendRequest: ask })).body).toMatchObject({
      status: 'waitlisted',
      waitlistPosition: 1,
    });
    expect((await system.enroll(c, courseId, { sendRequest: ask })).body).toMatchObject({
      status: 'waitlisted',
      waitlistPosition: 2,
    });
    expect((await system.enroll(d, courseId, { sendRequest: ask })).body).toMatchObject({
      code: 'waitlist_full',
    });
    await system.drop(a, seat.body.id);
    const of = async (user: string) =>
      (await system.sendRequest<{ items: object[] }>({ user, path: '/api/enrollments/me' })).body.items[0];
    expect(await of(b)).toMatchObject({ status: 'enrolled', waitlistPosition: null });
    expect(await of(c)).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
  });
});

describe('a hot course', () => {
  it('gives 20 seats and 5 places to 60 students at once, and no more', async () => {
    const courseId = await system.course({ capacity: 20, waitlistCapacity: 5 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        system.enroll(student(), courseId, { sendRequest: { joinWaitlist: true } }),
      ),
    );
    const outcomes = Map.groupBy(answers, ({ status, body }) => (status === 201 ? body.status : body.code));
    expect(Object.fromEntries([...outcomes].map(([name, list]) => [name, list.length]))).toEqual({
      enrolled: 20,
      waitlisted: 5,
      waitlist_full: 35,
    });
  });
});

describe('a swap', () => {
  it('gives one seat for another, and nothing where the other is full', async () => {
    const user = student();
    const [from, to, full] = [
      await system.course(),
      await system.course(),
      await system.course({ capacity: 0 }),
    ];
    const had = await system.enroll(user, from);
    const swap = (addCourseId: string) =>
      system.sendRequest({
        user,
        method: 'POST',
        path: '/api/enrollments/swap',
        key: randomUUID(),
        body: { dropEnrollmentId: had.body.id, addCourseId },
      });
    expect(await swap(full)).toMatchObject({ status: 409, body: { code: 'seat_unavailable' } });
    expect((await system.sendRequest({ user, path: `/api/enrollments/${had.body.id}` })).body).toMatchObject({
      status: 'enrolled',
    });
    expect(await swap(to)).toMatchObject({ status: 201, body: { courseId: to, status: 'enrolled' } });
    expect((await system.sendRequest({ user, path: `/api/enrollments/${had.body.id}` })).body).toMatchObject({
      status: 'dropped',
    });
  });

  it('holds no course up: enrolls in 30 courses commit while the swaps from them into one course wait', async () => {
    const hot = await system.course({ capacity: 30 });
    const swappers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const [user, from] = [student(), await system.course()];
        return { user, from, had: await system.enroll(user, from) };
      }),
    );
    const held = withHeldCommits(system, 0, hot);
    let answered = 0;
    const swaps = swappers.map(async ({ user, had }) => {
      const body = { dropEnrollmentId: had.body.id, addCourseId: hot };
      const path = '/api/enrollments/swap';
      const ask = { user, method: 'POST', path, key: randomUUID(), body } as const;
      let answer = await system.sendRequest(ask);
      answered += 1;
      // Held for longer than its five seconds, it is not begun again: the same request is sent again.
      for (let tries = 0; answer.status === 503 && tries < 20; tries += 1)
        answer = await system.sendRequest(ask);
      return answer;
    });
    await held.reached(30);
    const enrolls = await Promise.all(swappers.map(({ from }) => system.enroll(student(), from)));
    expect(enrolls.map(({ status }) => status)).toEqual(enrolls.map(() => 201));
    expect(answered).toBe(0);
    held.release();
    const statuses = (await Promise.all(swaps)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 201));
    const seats = await system.sendRequest({ path: `/api/courses/${hot}/seats` });
    expect(seats.body).toMatchObject({ enrolledCount: 30, seatsAvailable: 0 });
  });
});
