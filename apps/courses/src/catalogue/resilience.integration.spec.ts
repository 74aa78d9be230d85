import type { Course } from '@registrar/contracts-courses';
import { TcpChaosProxy, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem } from '../testing/courses-system.ts';

interface Page {
  items: Course[];
}

describe('the catalogue', () => {
  let system: CoursesSystem;
  let redis: TcpChaosProxy;
  let number = 0;

  beforeAll(async () => {
    const url = process.env['REDIS_URL'] ?? '';
    redis = await TcpChaosProxy.start(url);
    system = await CoursesSystem.start(2, { REDIS_URL: redis.url(url) });
    await system.furnish();
    await Promise.all([system.ready(0), system.ready(1)]);
  });
  afterAll(async () => {
    await system.stop();
    await redis.stop();
  });

  const create = (instance = 0) => system.create({ code: `RE-${(number += 1)}` }, instance);
  const listed = async (id: string, instance: number) => {
    const { body } = await system.call<Page>('GET /api/courses?limit=100', { instance });
    return body.items.find((course) => course.id === id);
  };
  const retitle = (id: string, title: string) =>
    system.call(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body: { title },
      headers: { 'if-match': '*' },
    });

  it.each([
    ['refuses connections', () => redis.refuse()],
    ['takes everything and says nothing', () => Promise.resolve(redis.hole())],
  ])('is read and written while Redis %s, and shows nothing old when it is back', async (_, fail) => {
    const course = await create();
    await until(async () => (await listed(course.id, 1)) !== undefined);
    await fail();
    expect((await retitle(course.id, 'While away')).status).toBe(200);
    expect((await listed(course.id, 0))?.title).toBe('While away');
    await until(async () => (await listed(course.id, 1))?.title === 'While away');
    const other = await create();
    expect((await listed(other.id, 0))?.id).toBe(other.id);
    await redis.pass();
    const healthy = async (instance: number) =>
      (await system.call('GET /health/ready', { instance })).body['status'] === 'ready';
    await until(async () => (await healthy(0)) && (await healthy(1)));
    for (const instance of [0, 1]) {
      expect((await listed(course.id, instance))?.title).toBe('While away');
      // Instance 1 receives an event, however soon Redis is back.
      await until(async () => (await listed(other.id, instance)) !== undefined);
    }
  });

  it('is read on without the store, from memory', async () => {
    const course = await create();
    await listed(course.id, 0);
    system.store.when({}, 'hang-up');
    for (let round = 0; round < 3; round += 1) {
      expect((await listed(course.id, 0))?.id).toBe(course.id);
      expect((await system.call(`GET /api/courses/${course.id}`)).status).toBe(200);
    }
    system.store.clear();
  });

  it('that has neither memory nor Redis nor store answers 503 in time', async () => {
    const alone = await system.startInstance({ CACHE_PREFIX: `${system.prefix}alone:` });
    system.store.when({}, 'unavailable');
    const answer = await system.call('GET /api/courses', { instance: alone });
    expect(answer.body).toMatchObject({ status: 503, code: 'service_unavailable' });
    system.store.clear();
    expect((await system.call('GET /api/courses', { instance: alone })).status).toBe(200);
    await system.end(alone);
  });

  it('has a department of any size in one query of the index, read page by page', async () => {
    const long = 'x'.repeat(5_000);
    for (let at = 0; at < 230; at += 23) {
      const some = Array.from({ length: 23 }, (_, each) => `BIG-${at + each}`);
      await Promise.all(some.map((code) => system.create({ departmentId: 'MATH', code, description: long })));
    }
    const alone = await system.startInstance({ CACHE_PREFIX: `${system.prefix}big:` });
    const rule = system.store.when(
      { operation: 'Query', call: ({ body }) => body['IndexName'] === 'CoursesBySemester' },
      { delayMs: 0 },
    );
    const count = async (cursor = ''): Promise<number> => {
      const path = `GET /api/courses?departmentId=MATH&limit=100${cursor}`;
      const { body } = await system.call<Page & { nextCursor: string | null }>(path, { instance: alone });
      return body.items.length + (body.nextCursor === null ? 0 : await count(`&cursor=${body.nextCursor}`));
    };
    expect(await count()).toBe(230);
    expect(rule.hits).toBe(2);
    await system.end(alone);
  });
});
