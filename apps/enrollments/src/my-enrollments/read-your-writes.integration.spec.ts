import type { Enrollment } from '@registrar/contracts-enrollments';
import type { VersionedCache } from '@registrar/cache';
import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { TcpChaosProxy } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withHeldOwnRead, withLaggingIndex, withTornBatch, withoutAftermath } from '../testing/broken.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { MyEnrollmentsCache } from './my-enrollments.cache.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
  for (const instance of [0, 1]) withLaggingIndex(system, instance, 'EnrollmentsByUser', 2_000);
});
afterAll(() => system.stop());

async function own(user: string, instance: number, on = system) {
  const answer = await on.sendRequest<{ items: Enrollment[] }>({
    user,
    path: '/api/enrollments/me',
    instance,
  });
  expect(answer.status).toBe(200);
  return {
    courses: answer.body.items.map(({ courseId, status }) => `${courseId} ${status}`),
    cache: String(answer.headers['cache-status']),
  };
}

/** A student in one course, and the swap to another. */
async function aboutToSwap() {
  const [user, from, to] = [newId('usr'), await system.course(), await system.course()];
  const { id } = (await system.enroll(user, from)).body;
  const body = { dropEnrollmentId: id, addCourseId: to };
  const swap = async () => {
    const answer = await system.sendRequest({
      user,
      method: 'POST',
      path: '/api/enrollments/swap',
      key: newId('key'),
      body,
    });
    expect(answer.status).toBe(201);
  };
  return { user, from, to, id, swap };
}

describe('own enrollments', () => {
  it('show every acknowledged write on both instances, though the index lags by two seconds', async () => {
    const user = newId('usr');
    const seen: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const courseId = await system.course();
      const { body } = await system.enroll(user, courseId, { instance: index % 2 });
      seen.unshift(`${courseId} enrolled`);
      expect((await own(user, (index + 1) % 2)).courses).toEqual(seen);
      if (index === 2) {
        await system.drop(user, body.id, { instance: 1 });
        seen[0] = `${courseId} dropped`;
        expect((await own(user, 0)).courses).toEqual(seen);
      }
    }
  });

  it('are of one state when the index is read in the middle of a swap, after the semesters', async () => {
    const { user, from, to, swap } = await aboutToSwap();
    const met = withHeldOwnRead(system, 1);
    const listed = own(user, 1);
    await met.begun;
    await swap();
    met.proceed(to);
    expect((await listed).courses).toEqual([`${to} enrolled`, `${from} dropped`]);
  });

  it('are of one state when an enrollment is read by its key in the middle of a swap', async () => {
    const { user, from, to, id, swap } = await aboutToSwap();
    await withTornBatch(system, 1, { table: 'enrollments', key: { id } });
    await swap();
    expect((await own(user, 1)).courses).toEqual([`${to} enrolled`, `${from} dropped`]);
  });

  it('come from Redis after the first read, and after a write too', async () => {
    const user = newId('usr');
    await own(user, 0);
    await vi.waitFor(async () => expect((await own(user, 1)).cache).toContain('hit; detail=l2'), {
      timeout: 5_000,
    });
    const courseId = await system.course();
    await system.enroll(user, courseId);
    expect((await own(user, 1)).courses).toEqual([`${courseId} enrolled`]);
    await vi.waitFor(async () => expect((await own(user, 1)).cache).toContain('hit; detail=l2'), {
      timeout: 5_000,
    });
  });

  it('are read while the commit is under way, and Redis is not told again of it by its events', async () => {
    const user = newId('usr');
    const courseId = await system.course();
    const [cache, dynamo] = [system.get(MyEnrollmentsCache, 0), system.get(Dynamo, 0)];
    const [readBefore, forget] = [vi.spyOn(cache, 'readBefore'), vi.spyOn(cache, 'forget')];
    const { cache: inner } = cache as unknown as { cache: VersionedCache };
    const invalidate = vi.spyOn(inner, 'invalidate');
    const transact = dynamo.transact.bind(dynamo);
    const held = vi.spyOn(dynamo, 'transact').mockImplementation(async (...args) => {
      await vi.waitFor(() => expect(readBefore).toHaveBeenCalledWith(user), { timeout: 10_000 });
      return transact(...args);
    });
    try {
      expect((await system.enroll(user, courseId, { instance: 0 })).status).toBe(201);
      // By the service's consumer, which may be the other instance's, and by this one's own.
      await vi.waitFor(() => expect(forget).toHaveBeenCalledWith(user, 'fall', 1), { timeout: 10_000 });
      await Promise.all(forget.mock.results.map(({ value }) => value as Promise<boolean>));
      expect(invalidate.mock.calls.filter(([key]) => key.includes(user))).toEqual([]);
    } finally {
      for (const spy of [readBefore, forget, invalidate, held]) spy.mockRestore();
    }
  });

  it('answer 304 to who has them, and pages that fit together', async () => {
    const user = newId('usr');
    const courses: string[] = [];
    for (let index = 0; index < 5; index += 1) courses.unshift(await system.course({ credits: 1 }));
    for (const courseId of courses.toReversed()) await system.enroll(user, courseId);
    const whole = await system.sendRequest({ user, path: '/api/enrollments/me' });
    const etag = String(whole.headers['etag']);
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(
      (await system.sendRequest({ user, path: '/api/enrollments/me', headers: { 'if-none-match': etag } }))
        .status,
    ).toBe(304);
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: Enrollment[]; nextCursor: string | null } } = await system.sendRequest({
        user,
        path: `/api/enrollments/me?limit=2${cursor && `&cursor=${cursor}`}`,
      });
      found.push(...page.body.items.map(({ courseId }) => courseId));
      cursor = page.body.nextCursor;
    }
    expect(found).toEqual(courses);
    const other = await system.sendRequest<{ nextCursor: string }>({
      user,
      path: '/api/enrollments/me?limit=2',
    });
    for (const query of [
      `limit=2&status=dropped&cursor=${other.body.nextCursor}`,
      'cursor=forged',
      `cursor=${other.body.nextCursor.slice(1)}`,
    ]) {
      expect(await system.sendRequest({ user, path: `/api/enrollments/me?${query}` })).toMatchObject({
        status: 400,
        body: { code: 'invalid_cursor' },
      });
    }
    expect(
      await system.sendRequest({
        user: newId('usr'),
        path: `/api/enrollments/me?limit=2&cursor=${other.body.nextCursor}`,
      }),
    ).toMatchObject({ status: 400 });
  });

  it('are right when the writer lost Redis between commit and invalidation', async () => {
    const redisUrl = process.env['REDIS_URL'] ?? '';
    const proxy = await TcpChaosProxy.start(redisUrl);
    const other = await EnrollmentsSystem.start(1);
    try {
      await other.semester('fall');
      const through = await other.startInstance({ REDIS_URL: proxy.url(redisUrl) });
      const user = newId('usr');
      // A load is put into the cache beside its answer.
      const cached = async () => expect((await own(user, through, other)).cache).toContain('l2');
      await vi.waitFor(cached, { timeout: 5_000 });
      await proxy.refuse();
      const courseId = await other.course();
      expect((await other.enroll(user, courseId, { instance: through })).status).toBe(201);
      expect((await own(user, through, other)).courses).toEqual([`${courseId} enrolled`]);
      await vi.waitFor(
        async () => expect((await own(user, 0, other)).courses).toEqual([`${courseId} enrolled`]),
        { timeout: 3_000 },
      );
      await proxy.pass();
      await vi.waitFor(cached, { timeout: 5_000 });
      expect((await own(user, through, other)).courses).toEqual([`${courseId} enrolled`]);
    } finally {
      await other.stop();
      await proxy.stop();
    }
  });

  it('are right for a retry, when the first try died after its commit and told nobody', async () => {
    const other = await EnrollmentsSystem.start(2);
    try {
      await other.semester('fall');
      withoutAftermath(other, 0);
      const [user, key, courseId] = [newId('usr'), newId('key'), await other.course()];
      await own(user, 1, other);
      expect((await other.enroll(user, courseId, { instance: 0, key })).status).toBe(201);
      const retry = await other.enroll(user, courseId, { instance: 1, key });
      expect(retry.headers['idempotency-replayed']).toBe('true');
      expect((await own(user, 1, other)).courses).toEqual([`${courseId} enrolled`]);
      await other.drop(user, retry.body.id, { instance: 0 });
      expect((await other.drop(user, retry.body.id, { instance: 1 })).body.status).toBe('dropped');
      expect((await own(user, 1, other)).courses).toEqual([`${courseId} dropped`]);
    } finally {
      await other.stop();
    }
  });
});
