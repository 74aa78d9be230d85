import { randomUUID } from 'node:crypto';
import { newId } from '@registrar/service';
import { DynamoFaultProxy } from '@registrar/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeferredWorkSweeper } from '../deferred-work/deferred-work-sweeper.ts';
import { rowsOf } from '../testing/registration-day.ts';
import { EnrollmentsSystem, plainCourse } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;
let proxy: DynamoFaultProxy;
/** The instance whose store fails; instance 0 reaches it directly. */
let troubled: number;

beforeAll(async () => {
  proxy = await DynamoFaultProxy.start(process.env['DYNAMODB_ENDPOINT'] ?? '');
  system = await EnrollmentsSystem.start(1);
  troubled = await system.startInstance({ DYNAMODB_ENDPOINT: proxy.url });
  await system.semester('fall');
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await system.stop();
  await proxy.close();
});

type Fault = Parameters<DynamoFaultProxy['when']>[1];
/** Befalls the commits in which `user` takes part. */
const whenWith = (user: string, fault: Fault, times?: number) => {
  const call = ({ body }: { body: object }) => JSON.stringify(body).includes(user);
  return proxy.when({ operation: 'TransactWriteItems', call }, fault, times);
};

/** A commit cancelled with these reasons at the semesters of these students. */
const reasonsOf = (codes: Record<string, string>): Fault => ({
  cancel: (actions) =>
    actions.map(({ table, text }) => {
      const user = table.endsWith('student_semesters') && Object.keys(codes).find((id) => text.includes(id));
      return user ? (codes[user] ?? 'None') : 'None';
    }),
});

/** A commit cancelled with this reason at the action on a table that all share. */
const reasonAt = (name: string, code: string): Fault => ({
  cancel: (actions) => actions.map(({ table }) => (table.endsWith(name) ? code : 'None')),
});

const users = (count: number) => Array.from({ length: count }, () => newId('usr'));
const seated = async (courseId: string) =>
  (await rowsOf(system, courseId))
    .filter(({ status }) => status === 'enrolled')
    .map(({ user_id }) => user_id)
    .sort();

/** As a client does: after 503 the same is asked again, under the same key. */
async function enroll(user: string, courseId: string, tries = 5) {
  const key = randomUUID();
  for (let tried = 1; ; tried += 1) {
    const answer = await system.enroll(user, courseId, { instance: troubled, key });
    if (answer.status !== 503 || tried >= tries) return answer;
  }
}

async function waits(user: string, courseId: string) {
  const answer = await system.enroll(user, courseId, {
    sendRequest: { joinWaitlist: true },
    instance: troubled,
  });
  expect(answer.body).toMatchObject({ status: 'waitlisted' });
}

/** Has these ask for a seat while a commit of somebody else is under way, so that one commit decides on all. */
async function enrollTogether(courseId: string, together: readonly string[], tries?: number) {
  const first = newId('usr');
  const held = whenWith(first, { delayMs: 500 }, 1);
  const asking = [enroll(first, courseId)];
  await vi.waitFor(() => expect(held.hits).toBe(1), { timeout: 10_000, interval: 5 });
  asking.push(...together.map((user, at) => enroll(user, courseId, at === 0 ? tries : undefined)));
  const [, ...answers] = await Promise.all(asking);
  return { first, answers };
}

const refused = { status: 409, body: { code: 'change_refused' } };

describe('a commit that fails for several reasons at once', () => {
  it('rejects the one whose change the store does not take; the others get their seats', async () => {
    const courseId = await system.course({ capacity: 20 });
    const [bad = '', slow = '', slower = '', held = '', ...others] = users(10);
    const mixed = {
      [bad]: 'ValidationError',
      [slow]: 'ProvisionedThroughputExceeded',
      [slower]: 'ThrottlingError',
      [held]: 'TransactionConflict',
    };
    const rule = whenWith(bad, reasonsOf(mixed));
    whenWith(slow, reasonsOf({ [slow]: 'ProvisionedThroughputExceeded' }), 2);
    const fine = [slow, slower, held, ...others];
    const { first, answers } = await enrollTogether(courseId, [bad, ...fine]);
    expect(answers[0]).toMatchObject(refused);
    expect(answers.slice(1).map(({ status }) => status)).toEqual(fine.map(() => 201));
    expect(await seated(courseId)).toEqual([first, ...fine].sort());
    expect(rule.hits).toBe(1);
  });

  it('holds up nobody but the one who is throttled; that one gets 503', async () => {
    const courseId = await system.course({ capacity: 20 });
    const [slow = '', ...others] = users(6);
    const rule = whenWith(slow, reasonsOf({ [slow]: 'ProvisionedThroughputExceeded' }));
    const { answers } = await enrollTogether(courseId, [slow, ...others], 1);
    expect(answers.slice(1).map(({ status }) => status)).toEqual(others.map(() => 201));
    expect(answers[0]).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable' },
      headers: { 'retry-after': '1' },
    });
    expect(rule.hits).toBeLessThan(60);
  });

  it.each([
    ['the seats', reasonAt('course_seats', 'ProvisionedThroughputExceeded')],
    ['the outbox', reasonAt('outbox', 'ThrottlingError')],
  ])('waits for %s where they are throttled, and seats everybody', async (_, fault) => {
    const courseId = await system.course({ capacity: 20 });
    const [one = '', ...others] = users(4);
    const rule = whenWith(one, fault, 2);
    const { answers } = await enrollTogether(courseId, [one, ...others]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(rule.hits).toBe(2);
  });

  it.each<[string, Fault]>([
    ['for the outbox entry', reasonAt('outbox', 'ValidationError')],
    ['for the seats', reasonAt('course_seats', 'ItemCollectionSizeLimitExceeded')],
    ['as a whole', 'refuse'],
  ])('that is refused %s because of one student rejects that one alone', async (_, fault) => {
    const courseId = await system.course({ capacity: 20 });
    const [one = '', two = '', bad = '', ...others] = users(9);
    const rule = whenWith(bad, fault);
    const { first, answers } = await enrollTogether(courseId, [one, two, bad, ...others]);
    expect(answers[2]).toMatchObject(refused);
    const fine = [one, two, ...others];
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(fine.length);
    expect(await seated(courseId)).toEqual([first, ...fine].sort());
    expect(rule.hits).toBeLessThan(8);
  });

  it.each<[string, (waiting: string) => Fault]>([
    ['for that one', (waiting) => reasonsOf({ [waiting]: 'ValidationError' })],
    ['as a whole', () => 'refuse'],
  ])('refused %s because of one who waits gives the seat to the next', async (_, fault) => {
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 5 });
    const [seatedOne = '', waiting = '', next = ''] = users(3);
    const { body } = await enroll(seatedOne, courseId);
    await waits(waiting, courseId);
    await waits(next, courseId);
    const rule = whenWith(waiting, fault(waiting));
    expect((await system.drop(seatedOne, body.id, { instance: troubled })).status).toBe(200);
    expect(rule.hits).toBe(1);
    expect(await seated(courseId)).toEqual([next]);
  });
});

describe('a waitlist on which the store does not take the change of one', () => {
  const clash = [{ day: 'mon' as const, start: '09:00', end: '10:00', room: 'A' }];

  // Instance 0 would go on with the work of the troubled one, by a store that takes every change.
  beforeAll(() => system.get(DeferredWorkSweeper, 0).onModuleDestroy());

  it.each<[string, poisonAt: number]>([
    ['last', 1],
    ['first', 0],
  ])('as a whole gives its seats to the others, where that one is %s', async (_, poisonAt) => {
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 5 });
    const [seatedOne = '', ...waiting] = users(4);
    await enroll(seatedOne, courseId);
    for (const user of waiting) await waits(user, courseId);
    const poison = waiting[poisonAt] ?? '';
    const healthy = waiting.filter((user) => user !== poison);
    whenWith(poison, 'refuse');
    const raised = {
      ...plainCourse,
      code: `C-${courseId.slice(-6)}`,
      capacity: 3,
      waitlistCapacity: 5,
      version: 2,
    };
    expect((await system.internal('PUT', `offerings/${courseId}`, raised, troubled)).status).toBe(200);
    await vi.waitFor(async () => expect(await seated(courseId)).toEqual([seatedOne, ...healthy].sort()), {
      timeout: 15_000,
      interval: 100,
    });
  });

  it('is judged to its end, beyond the head that one commit reads', async () => {
    const busy = await system.course({ capacity: 100, meetings: clash });
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 40, meetings: clash });
    const [seatedOne = '', poison = '', ...others] = users(25);
    const blocked = others.slice(0, -1);
    const free = others.at(-1) ?? '';
    const { body } = await enroll(seatedOne, courseId);
    for (const user of [poison, ...blocked, free]) await waits(user, courseId);
    await Promise.all(blocked.map((user) => enroll(user, busy)));
    whenWith(poison, reasonsOf({ [poison]: 'ValidationError' }));
    expect((await system.drop(seatedOne, body.id, { instance: troubled })).status).toBe(200);
    await vi.waitFor(async () => expect(await seated(courseId)).toEqual([free]), {
      timeout: 15_000,
      interval: 100,
    });
  });
});

describe('a swap', () => {
  const swap = (user: string, dropEnrollmentId: string, addCourseId: string) =>
    system.sendRequest({
      user,
      method: 'POST',
      path: '/api/enrollments/swap',
      body: { dropEnrollmentId, addCourseId },
      headers: { 'idempotency-key': newId('key') },
      instance: troubled,
    });

  it('waits for what is throttled, and is refused alone where the store does not take it', async () => {
    const [from, to] = [await system.course(), await system.course()];
    const [user] = users(1) as [string];
    const { body } = await enroll(user, from);
    const rule = whenWith(user, reasonsOf({ [user]: 'ProvisionedThroughputExceeded' }), 3);
    expect((await swap(user, body.id, to)).status).toBe(201);
    expect(rule.hits).toBe(3);
    whenWith(user, reasonAt('outbox', 'ValidationError'));
    const back = await system.sendRequest<{ items: { id: string; courseId: string }[] }>({
      user,
      path: '/api/enrollments/me',
    });
    const now = back.body.items.find(({ courseId }) => courseId === to);
    expect(await swap(user, now?.id ?? '', from)).toMatchObject(refused);
  });

  it('is not held up by one who waits and whose change the store does not take', async () => {
    const [from, to] = [await system.course({ capacity: 1, waitlistCapacity: 5 }), await system.course()];
    const [user = '', waiting = ''] = users(2);
    const { body } = await enroll(user, from);
    await waits(waiting, from);
    whenWith(waiting, reasonsOf({ [waiting]: 'ValidationError' }));
    expect((await swap(user, body.id, to)).status).toBe(201);
    expect(await seated(to)).toEqual([user]);
  });
});
