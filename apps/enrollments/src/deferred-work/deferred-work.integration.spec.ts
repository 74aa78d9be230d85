import { newId } from '@registrar/service';
import type { OfferingUpdate, SemesterUpdate } from '@registrar/contracts-enrollments';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { withHeldTransaction, withHiddenStudents, withoutDeferredWork } from '../testing/broken.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  // Nobody goes on with what the own commit leaves, as if each instance died after it: the sweepers alone do.
  for (const instance of [0, 1]) withoutDeferredWork(system.get(DeferredWorkEvents, instance));
});
afterAll(() => system.stop());

const meets = (start: string, end: string) => [{ day: 'mon' as const, start, end, room: 'A1' }];
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
let semesters = 0;

/** A semester of a test's own, open now. */
async function newSemester(change: Partial<SemesterUpdate> = {}) {
  const id = await system.semester(`s-${(semesters += 1)}`, change);
  let version = 1;
  return {
    id,
    put: (next: Partial<SemesterUpdate>) =>
      system.semester(id, { ...change, ...next, version: (version += 1) }),
    course: (next: Partial<OfferingUpdate> & { id?: string } = {}) =>
      system.course({ semesterId: id, waitlistCapacity: 5, ...next }),
  };
}

async function seated(courseId: string, user = newId('usr')) {
  const { status, body } = await system.enroll(user, courseId, { sendRequest: { joinWaitlist: true } });
  expect(status).toBe(201);
  return { user, id: body.id };
}

/** Whom the sweepers gave what they waited for; the time that they have is the promise's, with room for a busy machine. */
async function untilStatuses(courseId: string, expected: Record<string, string>): Promise<void> {
  const look = async () => {
    const rows = await rowsOf(system, courseId);
    const statuses = Object.fromEntries(rows.map(({ user_id, status }) => [user_id, status]));
    expect(statuses).toMatchObject(expected);
  };
  await vi.waitFor(look, { timeout: 30_000, interval: 200 });
}

/** A course whose one seat came free when the students who wait for it could not take it, for what `hinder` does. */
async function passedOver(course: string, waiting: string[], hinder: () => Promise<unknown>) {
  const holder = await seated(course);
  for (const user of waiting) await seated(course, user);
  await hinder();
  await system.drop(holder.user, holder.id);
  await untilStatuses(course, Object.fromEntries(waiting.map((user) => [user, 'waitlisted'])));
  const seats = await system.internal('POST', 'seats/batch-get', { courseIds: [course] });
  expect(seats.body['items']).toMatchObject([{ seatsAvailable: 1, waitlistedCount: waiting.length }]);
}

describe('promotions that wait for the window of their semester', () => {
  it('are made when it opens, without a request', async () => {
    const semester = await newSemester();
    const course = await semester.course({ capacity: 1 });
    const [holder, waits] = [await seated(course), await seated(course)];
    await semester.put({ enrollmentOpensAt: inMs(3_000) });
    await system.drop(holder.user, holder.id);
    await untilStatuses(course, { [holder.user]: 'dropped', [waits.user]: 'enrolled' });
  });

  it('are made when a drop had read the semester before it was opened, and is committed after', async () => {
    const semester = await newSemester();
    const course = await semester.course({ capacity: 1 });
    const [holder, waits] = [await seated(course), await seated(course)];
    await semester.put({ enrollmentOpensAt: inMs(3_600_000) });
    const held = withHeldTransaction(system, 1);
    const drop = system.drop(holder.user, holder.id, { instance: 1 });
    await held.reached;
    await semester.put({});
    held.release();
    expect((await drop).status).toBe(200);
    await untilStatuses(course, { [waits.user]: 'enrolled' });
  });

  it('are made when the opening was moved to later, and to earlier again', async () => {
    const semester = await newSemester();
    const course = await semester.course({ capacity: 1 });
    const [holder, waits] = [await seated(course), await seated(course)];
    await semester.put({ enrollmentOpensAt: inMs(60_000) });
    await system.drop(holder.user, holder.id);
    await semester.put({ enrollmentOpensAt: inMs(3_600_000) });
    await semester.put({ enrollmentOpensAt: inMs(1_000) });
    await untilStatuses(course, { [waits.user]: 'enrolled' });
  });

  it('are made for who became able to take the seat while it was closed', async () => {
    const semester = await newSemester();
    const [wanted, clash] = [
      await semester.course({ capacity: 1, meetings: meets('09:00', '10:00') }),
      await semester.course({ meetings: meets('09:30', '11:00') }),
    ];
    const user = newId('usr');
    let inTheWay = '';
    await passedOver(wanted, [user], async () => (inTheWay = (await seated(clash, user)).id));
    await semester.put({ enrollmentOpensAt: inMs(8_000) });
    await system.drop(user, inTheWay);
    await untilStatuses(wanted, { [user]: 'enrolled' });
  });
});

describe('who was passed over is judged again', () => {
  it('when a course that stood in the way gets other times: the first in the order of the waitlist', async () => {
    const semester = await newSemester();
    const [wanted, clash] = [
      await semester.course({ capacity: 1, meetings: meets('09:00', '10:00') }),
      await semester.course({ meetings: meets('09:30', '11:00') }),
    ];
    const [first, second] = [newId('usr'), newId('usr')];
    await passedOver(wanted, [first, second], async () => {
      // The second on the waitlist is the first in the course that stands in the way.
      await seated(clash, second);
      await seated(clash, first);
    });
    await semester.course({ id: clash, meetings: meets('13:00', '14:00'), version: 2 });
    await untilStatuses(wanted, { [first]: 'enrolled', [second]: 'waitlisted' });
  });

  it('when the index shows only later who is in the course that changed', async () => {
    const semester = await newSemester();
    const [wanted, clash] = [
      await semester.course({ capacity: 1, meetings: meets('09:00', '10:00') }),
      await semester.course({ meetings: meets('09:30', '11:00') }),
    ];
    const user = newId('usr');
    await passedOver(wanted, [user], () => seated(clash, user));
    const hidden = withHiddenStudents(system);
    await semester.course({ id: clash, meetings: meets('13:00', '14:00'), version: 2 });
    await hidden;
    await untilStatuses(wanted, { [user]: 'enrolled' });
  });

  it('when a course that stood in the way is cancelled', async () => {
    const semester = await newSemester();
    const meetings = meets('09:00', '10:00');
    const [wanted, clash] = [
      await semester.course({ capacity: 1, meetings }),
      await semester.course({ meetings }),
    ];
    const user = newId('usr');
    await passedOver(wanted, [user], () => seated(clash, user));
    await semester.course({ id: clash, meetings, status: 'cancelled', version: 2 });
    await untilStatuses(wanted, { [user]: 'enrolled' });
  });

  it('when the credit limit is raised, in every course of the semester', async () => {
    const semester = await newSemester({ creditLimit: 4 });
    const courses = [await semester.course({ capacity: 1 }), await semester.course({ capacity: 1 })];
    const other = await semester.course();
    const waiting = courses.map((course) => ({ course, user: newId('usr') }));
    for (const { course, user } of waiting) await passedOver(course, [user], () => seated(other, user));
    await semester.put({ creditLimit: 6 });
    for (const { course, user } of waiting) await untilStatuses(course, { [user]: 'enrolled' });
  });

  it.each([
    ['credits', { credits: 3 }, { credits: 1 }],
    ['prerequisites', { prerequisites: ['Z-9'] }, { prerequisites: [] }],
    ['times', { meetings: meets('09:00', '10:00') }, { meetings: meets('15:00', '16:00') }],
  ])('when the course itself gets other %s', async (_, before, after) => {
    const semester = await newSemester({ creditLimit: 4 });
    const other = await semester.course({ meetings: meets('09:30', '11:00') });
    const wanted = await semester.course({ capacity: 1, credits: 1 });
    const user = newId('usr');
    await passedOver(wanted, [user], async () => {
      await seated(other, user);
      await semester.course({ id: wanted, capacity: 1, credits: 1, ...before, version: 2 });
    });
    await semester.course({ id: wanted, capacity: 1, credits: 1, ...after, version: 3 });
    await untilStatuses(wanted, { [user]: 'enrolled' });
  });
});
