import { newId } from '@registrar/service';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { withoutDeferredWork } from '../testing/broken.ts';
import { EnrollmentsSystem, plainCourse } from '../testing/enrollments-system.ts';
import { rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

const meets = (start: string, end: string) => [{ day: 'mon', start, end, room: 'A1' }];
const ask = { joinWaitlist: true };

async function statusOf(user: string, courseId: string): Promise<string | undefined> {
  const { body } = await system.sendRequest<{ items: Enrollment[] }>({
    user,
    path: '/api/enrollments/me',
    instance: 1,
  });
  return body.items.find((item) => item.courseId === courseId)?.status;
}

async function statusesOf(courseId: string): Promise<Record<string, number>> {
  const rows = await rowsOf(system, courseId);
  return Object.fromEntries(
    [...Map.groupBy(rows, ({ status }) => status)].map(([status, list]) => [status, list.length]),
  );
}

async function fill(courseId: string, count: number): Promise<{ user: string; id: string }[]> {
  const users = Array.from({ length: count }, () => newId('usr'));
  const answers = await Promise.all(
    users.map((user, index) => system.enroll(user, courseId, { sendRequest: ask, instance: index % 2 })),
  );
  expect(answers.map(({ status }) => status)).toEqual(users.map(() => 201));
  return users.map((user, index) => ({ user, id: answers[index]?.body.id ?? '' }));
}

describe('the waitlist', () => {
  it('passes over who does not fit, tells it once, and gives the seat when the own schedule allows it', async () => {
    const [wanted, clash] = [
      await system.course({ capacity: 1, waitlistCapacity: 5, meetings: meets('09:00', '10:00') }),
      await system.course({ meetings: meets('09:30', '11:00') }),
    ];
    const [holder] = await fill(wanted, 1);
    const [first] = await fill(wanted, 1);
    const inTheWay = await system.enroll(first?.user ?? '', clash);
    expect(inTheWay.status).toBe(201);
    await system.drop(holder?.user ?? '', holder?.id ?? '');
    expect(await statusOf(first?.user ?? '', wanted)).toBe('waitlisted');
    const history = await system.sendRequest<{ items: { action: string; reason: string }[] }>({
      user: first?.user ?? '',
      path: `/api/enrollments/${first?.id}/history`,
    });
    expect(history.body.items.map(({ action, reason }) => [action, reason])).toEqual([
      ['waitlisted', null],
      ['passed_over', 'time_conflict'],
    ]);
    await system.drop(first?.user ?? '', inTheWay.body.id, { instance: 1 });
    await vi.waitFor(async () => expect(await statusOf(first?.user ?? '', wanted)).toBe('enrolled'), {
      timeout: 5_000,
    });
  });

  it('leaves a seat that nobody waiting can take to everyone', async () => {
    const [wanted, clash] = [
      await system.course({ capacity: 1, waitlistCapacity: 5, meetings: meets('13:00', '14:00') }),
      await system.course({ meetings: meets('13:00', '14:00') }),
    ];
    const [holder] = await fill(wanted, 1);
    const [waits] = await fill(wanted, 1);
    await system.enroll(waits?.user ?? '', clash);
    await system.drop(holder?.user ?? '', holder?.id ?? '');
    expect((await system.enroll(newId('usr'), wanted)).body.status).toBe('enrolled');
  });

  it('promotes 60 for a raised capacity, in order, and gives newcomers none of their seats', async () => {
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 100 });
    await fill(courseId, 1);
    const waiting: { user: string; id: string }[] = [];
    for (let index = 0; index < 70; index += 10) waiting.push(...(await fill(courseId, 10)));
    const raise = system.course({ id: courseId, capacity: 61, waitlistCapacity: 100, version: 2 });
    const newcomers = Array.from({ length: 5 }, () => system.enroll(newId('usr'), courseId));
    await raise;
    for (const answer of await Promise.all(newcomers)) expect(answer.body.code).toBe('seat_unavailable');
    await vi.waitFor(
      async () => expect(await statusesOf(courseId)).toEqual({ enrolled: 61, waitlisted: 10 }),
      { timeout: 10_000 },
    );
    const rows = await rowsOf(system, courseId);
    const lastGroup = new Set(waiting.slice(60).map(({ user }) => user));
    for (const { user_id, status } of rows)
      if (status === 'waitlisted') expect(lastGroup.has(user_id)).toBe(true);
  });

  it('is gone on with by another instance when the one that owes the work is gone', async () => {
    const other = await EnrollmentsSystem.start(2);
    try {
      await other.semester('fall');
      withoutDeferredWork(other.get(DeferredWorkEvents, 0));
      const courseId = await other.course({ capacity: 0, waitlistCapacity: 30 });
      await Promise.all(
        Array.from({ length: 25 }, () => other.enroll(newId('usr'), courseId, { sendRequest: ask })),
      );
      await other.internal('PUT', `offerings/${courseId}`, {
        ...plainCourse,
        capacity: 25,
        waitlistCapacity: 30,
        version: 2,
      });
      await vi.waitFor(
        async () => {
          const rows = await rowsOf(other, courseId);
          expect(rows.filter(({ status }) => status === 'enrolled')).toHaveLength(25);
        },
        { timeout: 15_000, interval: 200 },
      );
    } finally {
      await other.stop();
    }
  });
});

describe('a cancelled course', () => {
  it('refuses at once and ends all its enrollments, each once, completed ones apart', async () => {
    const courseId = await system.course({
      capacity: 80,
      waitlistCapacity: 20,
      instructorIds: ['usr_teacher'],
    });
    const all = await fill(courseId, 90);
    const done = all[0];
    const seated = (await rowsOf(system, courseId)).find(
      ({ user_id, status }) => user_id === done?.user && status === 'enrolled',
    );
    const completed = seated
      ? await system.sendRequest({
          user: 'usr_teacher',
          roles: ['instructor'],
          method: 'PATCH',
          path: `/api/enrollments/${seated.id}`,
          body: { status: 'completed' },
        })
      : undefined;
    await system.course({
      id: courseId,
      capacity: 80,
      waitlistCapacity: 20,
      status: 'cancelled',
      version: 2,
    });
    expect((await system.enroll(newId('usr'), courseId, { instance: 1 })).body.code).toBe('course_not_open');
    const expected = completed?.status === 200 ? { cancelled: 89, completed: 1 } : { cancelled: 90 };
    await vi.waitFor(async () => expect(await statusesOf(courseId)).toEqual(expected), { timeout: 10_000 });
    const rows = await rowsOf(system, courseId);
    for (const row of rows.filter(({ status }) => status === 'cancelled').slice(0, 10)) {
      const { body } = await system.sendRequest<{ items: { action: string }[] }>({
        user: row.user_id,
        path: `/api/enrollments/${row.id}/history`,
      });
      expect(body.items.filter(({ action }) => action === 'cancelled')).toHaveLength(1);
    }
  });
});
