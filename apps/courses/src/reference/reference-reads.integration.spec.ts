import type { Department, Semester } from '@registrar/contracts-courses';
import { TcpChaosProxy, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem } from '../testing/courses-system.ts';
import { semesterBody } from '../testing/semesters.ts';

/** What is read of one semester or department. */
interface Kind {
  /** States `value` and gives what the writer is answered. */
  put(value: number, instance: number): Promise<unknown>;
  /** The same thing in the list of an instance. */
  listed(instance: number): Promise<unknown>;
}

describe('semesters and departments', () => {
  let system: CoursesSystem;
  let redis: TcpChaosProxy;

  beforeAll(async () => {
    const url = process.env['REDIS_URL'] ?? '';
    redis = await TcpChaosProxy.start(url);
    system = await CoursesSystem.start(2, { REDIS_URL: redis.url(url) });
    await Promise.all([system.ready(0), system.ready(1)]);
  });
  afterAll(async () => {
    await system?.stop();
    await redis?.stop();
  });

  const stated = async (path: string, body: object, instance: number) => {
    const answer = await system.call(`PUT ${path}`, { as: 'registrar', body, instance });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const found = async <T extends { id: string }>(path: string, id: string, instance: number) => {
    const answer = await system.call<{ items: T[] }>(`GET ${path}`, { instance });
    expect(answer.status).toBe(200);
    return answer.body.items.find((item) => item.id === id);
  };
  const kinds: [string, Kind][] = [
    [
      'semesters',
      {
        put: (value, instance) =>
          stated('/api/semesters/2026-fall', { ...semesterBody, name: `Fall ${value}` }, instance),
        listed: (instance) => found<Semester>('/api/semesters', '2026-fall', instance),
      },
    ],
    [
      'departments',
      {
        put: (value, instance) => stated('/api/departments/MATH', { name: `Mathematics ${value}` }, instance),
        listed: (instance) => found<Department>('/api/departments', 'MATH', instance),
      },
    ],
  ];
  const healthy = async (instance: number) =>
    (await system.call('GET /health/ready', { instance })).body['status'] === 'ready';

  it.each(kinds)('as %s: are seen by who stated them, at once and on any instance', async (_, kind) => {
    for (let round = 0; round < 12; round += 1) {
      const writer = round % 2;
      await Promise.all([kind.listed(0), kind.listed(1)]);
      const put = await kind.put(round, writer);
      expect(await Promise.all([kind.listed(1 - writer), kind.listed(writer)])).toEqual([put, put]);
    }
  });

  it.each(kinds)('as %s: come from Redis, and say so', async (name) => {
    const asked = async (instance: number) =>
      String((await system.call(`GET /api/${name}`, { instance })).headers['cache-status']);
    await asked(0);
    expect(await asked(1)).toBe(`registrar-${name}; hit; detail=l2`);
    const one = await system.call(`GET /api/semesters/2026-fall`);
    expect(one.headers['cache-status']).toBe('registrar-semesters; hit; detail=l2');
  });

  it.each(kinds)('as %s: are never again as a load saw them that began before', async (name, kind) => {
    await kind.put(100, 0);
    const slow = system.store.when({ operation: 'Query', table: name }, { delayMs: 1_000 }, 1);
    const early = kind.listed(1);
    await until(() => slow.hits === 1);
    const put = await kind.put(101, 0);
    expect(await Promise.all([kind.listed(0), kind.listed(1)])).toEqual([put, put]);
    expect(await early).not.toEqual(put);
    expect(await Promise.all([kind.listed(0), kind.listed(1)])).toEqual([put, put]);
  });

  it.each(kinds)(
    'as %s: are stated and read while Redis is away, and as they are when it is back',
    async (_, kind) => {
      await Promise.all([kind.listed(0), kind.listed(1)]);
      await redis.refuse();
      const put = await kind.put(200, 0);
      expect(await kind.listed(0)).toEqual(put);
      await until(async () => !(await healthy(1)));
      expect(await kind.listed(1)).toEqual(put);
      const last = await kind.put(201, 1);
      expect(await Promise.all([kind.listed(0), kind.listed(1)])).toEqual([last, last]);
      await redis.pass();
      await until(async () => (await healthy(0)) && (await healthy(1)));
      expect(await Promise.all([kind.listed(0), kind.listed(1)])).toEqual([last, last]);
    },
  );
});
