import { randomUUID } from 'node:crypto';
import { newId } from '@registrar/service';
import { DynamoFaultProxy } from '@registrar/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { AfterCommit } from './commit/after-commit.ts';
import { rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;
let proxy: DynamoFaultProxy;
/** The instance whose store fails; instance 0 reaches it directly. */
let troubled: number;
const rules: { end(): void }[] = [];

beforeAll(async () => {
  proxy = await DynamoFaultProxy.start(process.env['DYNAMODB_ENDPOINT'] ?? '');
  system = await EnrollmentsSystem.start(1);
  troubled = await system.startInstance({ DYNAMODB_ENDPOINT: proxy.url });
  await system.semester('fall');
});
afterEach(() => rules.splice(0).forEach((rule) => rule.end()));
afterAll(async () => {
  await system.stop();
  await proxy.close();
});

type Fault = Parameters<DynamoFaultProxy['when']>[1];
const commits = { operation: 'TransactWriteItems' };
const fail = (fault: Fault, times?: number) => {
  const rule = proxy.when(commits, fault, times);
  rules.push(rule);
  return rule;
};

async function takenBy(user: string, courseId: string): Promise<number> {
  return (await rowsOf(system, courseId)).filter(
    ({ user_id, status }) => user_id === user && status === 'enrolled',
  ).length;
}

describe('a store in trouble', () => {
  it.each([
    ['throttles twice', 'throttle', 2],
    ['has conflicts three times', 'conflict', 3],
    ['answers late', { delayMs: 300 }, 1],
    ['hangs up after the commit', 'lose-answer', 1],
  ] as [string, Fault, number][])('that %s gives a seat all the same, once', async (_, fault, times) => {
    const [user, courseId] = [newId('usr'), await system.course()];
    const rule = fail(fault, times);
    expect((await system.enroll(user, courseId, { instance: troubled })).status).toBe(201);
    expect(rule.hits).toBeGreaterThan(0);
    expect(await takenBy(user, courseId)).toBe(1);
  });

  it('does not hold up a course whose last group is still bringing lists up to date', async () => {
    const [first, second, courseId] = [newId('usr'), newId('usr'), await system.course()];
    const after = system.get(AfterCommit, troubled);
    const committed = after.committed.bind(after);
    const held = Promise.withResolvers<void>();
    after.committed = async (...args) => {
      after.committed = committed;
      await held.promise;
      await committed(...args);
    };
    const slow = system.enroll(first, courseId, { instance: troubled });
    await vi.waitFor(async () => expect(await takenBy(first, courseId)).toBe(1), { timeout: 10_000 });
    expect((await system.enroll(second, courseId, { instance: troubled })).status).toBe(201);
    held.resolve();
    expect((await slow).status).toBe(201);
  });

  it('that refuses for long is given up with 503 and nothing half done; the retry gets the seat', async () => {
    const [user, courseId, key] = [newId('usr'), await system.course(), randomUUID()];
    const rule = fail('throttle');
    const refused = await system.enroll(user, courseId, { instance: troubled, key });
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable' },
      headers: { 'retry-after': '1' },
    });
    expect(rule.hits).toBeLessThan(20);
    expect(await takenBy(user, courseId)).toBe(0);
    rule.end();
    expect((await system.enroll(user, courseId, { instance: troubled, key })).status).toBe(201);
  });

  it('that loses every answer leaves the truth to the retry, on any instance', async () => {
    const [user, courseId, key] = [newId('usr'), await system.course(), randomUUID()];
    fail('lose-answer');
    const unknown = await system.enroll(user, courseId, { instance: troubled, key });
    expect([201, 503]).toContain(unknown.status);
    const retry = await system.enroll(user, courseId, { instance: 0, key });
    expect(retry).toMatchObject({
      status: 201,
      body: { status: 'enrolled' },
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(await takenBy(user, courseId)).toBe(1);
  });

  it('keeps a whole rush right while it throttles, conflicts and hangs up at random', async () => {
    const courseId = await system.course({ capacity: 25 });
    for (const fault of ['conflict', 'lose-answer', 'throttle'] as Fault[]) fail(fault, 4);
    const asked = Array.from({ length: 60 }, () => ({ user: newId('usr'), key: randomUUID() }));
    const answers = await Promise.all(
      asked.map(({ user, key }, index) => system.enroll(user, courseId, { key, instance: index % 2 })),
    );
    const sure = await Promise.all(
      asked.map(async ({ user, key }, index) =>
        answers[index]?.status === 503 ? await system.enroll(user, courseId, { key }) : answers[index],
      ),
    );
    const seated = asked.filter((_, index) => sure[index]?.status === 201).map(({ user }) => user);
    const rows = (await rowsOf(system, courseId)).filter(({ status }) => status === 'enrolled');
    expect(rows.map(({ user_id }) => user_id).sort()).toEqual(seated.sort());
    expect(seated).toHaveLength(25);
  });
});
