import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { TcpChaosProxy } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import { CacheModule } from '../module/cache.module.ts';
import { Caches } from '../module/caches.ts';
import { EPOCH_KEY } from '../redis/redis-client.ts';
import { PATIENT_LIMITS, redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { until } from '../testing/until.ts';
import { ColdCache } from './cold-cache.ts';

const departments = keys('courses', { departments: 'departments' }).departments();

describe('ColdCache, from the module', () => {
  let proxy: TcpChaosProxy;
  let app: INestApplicationContext;
  let cold: ColdCache;
  let caches: Caches;

  async function started(limits = PATIENT_LIMITS): Promise<void> {
    const module = CacheModule.forRoot({
      useFactory: () => ({
        redisUrl: proxy.url(redisUrl()),
        prefix: testPrefix(),
        registry: new Registry(),
        limits,
      }),
    });
    app = await NestFactory.createApplicationContext(module, { logger: false });
    cold = app.get(ColdCache);
    caches = app.get(Caches);
  }

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
  });

  afterEach(async () => {
    await app.close();
    await proxy.stop();
  });

  /** A load that counts. */
  function loading(value: unknown) {
    const load = Object.assign(
      async () => {
        load.count += 1;
        return value;
      },
      { count: 0 },
    );
    return load;
  }

  it('keeps JSON values, loads what is missing once, and deletes', async () => {
    await started();
    await until(() => caches.state === 'up');
    const load = loading([{ id: 'math' }]);
    const all = await Promise.all([1, 2, 3].map(() => cold.getOrLoad(departments, 60_000, load)));
    expect(all).toEqual([[{ id: 'math' }], [{ id: 'math' }], [{ id: 'math' }]]);
    expect(await cold.get(departments)).toEqual([{ id: 'math' }]);
    expect(load.count).toBe(1);
    expect(await cold.del(departments)).toBe(true);
    expect(await cold.get(departments)).toBeUndefined();
    expect(await cold.set(departments, [], 60_000)).toBe(true);
    expect(await cold.get(departments)).toEqual([]);
  });

  it('ends the connection with the app', async () => {
    await started();
    await until(() => caches.state === 'up');
    await app.close();
    await until(() => proxy.open === 0);
    await until(() => caches.link.client.status === 'end');
    expect(caches.state).toBe('down');
  });

  it('does not keep a load that a deletion overtook', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cold.getOrLoad(departments, 60_000, async () => {
      await cold.del(departments);
      return ['old'];
    });
    expect(await cold.get(departments)).toBeUndefined();
    expect(await cold.getOrLoad(departments, 60_000, async () => ['new'])).toEqual(['new']);
    expect(await cold.get(departments)).toEqual(['new']);
  });

  it('gives nothing from before a raised epoch', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cold.set(departments, ['old'], 60_000);
    await caches.link.client.incr(EPOCH_KEY);
    expect(await cold.get(departments)).toBeUndefined();
  });

  it('goes on by loads without Redis, also from the start', async () => {
    await proxy.refuse();
    await started();
    const load = loading('x');
    for (let index = 0; index < 5; index += 1)
      expect(await cold.getOrLoad(departments, 60_000, load)).toBe('x');
    expect(load.count).toBe(5);
    expect(await cold.set(departments, 'x', 60_000)).toBe(false);
    expect(caches.state).toBe('down');
    await proxy.pass();
    await until(() => caches.state === 'up');
    await cold.getOrLoad(departments, 60_000, load);
    await cold.getOrLoad(departments, 60_000, load);
    expect(load.count).toBe(6);
  });

  it('owes a deletion that did not arrive, and serves nothing of before afterwards', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cold.set(departments, ['old'], 60_000);
    await proxy.refuse();
    await until(() => caches.state === 'down');
    expect(await cold.del(departments)).toBe(false);
    await proxy.pass();
    await until(() => caches.state === 'up');
    expect(await cold.get(departments)).toBeUndefined();
  });

  it('waits for a Redis that never answers 50 ms at most', async () => {
    await started({});
    await until(() => caches.state === 'up');
    proxy.hole();
    const startedAt = performance.now();
    expect(await cold.getOrLoad(departments, 60_000, async () => 'x')).toBe('x');
    expect(performance.now() - startedAt).toBeLessThan(50 + 250);
  });
});
