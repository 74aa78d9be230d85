import { CACHE_MANAGER } from '@nestjs/cache-manager';
import type { Cache } from '@nestjs/cache-manager';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HealthRegistry } from '@registrar/service';
import { keys, type CacheKey } from '../keys/cache-keys.ts';
import { CacheModule } from '../module/cache.module.ts';
import { Caches } from '../module/caches.ts';
import { epochKey } from '../redis/redis-client.ts';
import type { LinkLimits } from '../redis/redis-link.ts';
import { generousLimits, redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { JsonCache } from './json-cache.ts';

const departments = keys('courses', { departments: 'departments' }).departments();

/** What the cache has. */
const kept = (cache: JsonCache, key: CacheKey) => cache.getOrLoad<unknown>(key, async () => undefined);

describe('JsonCache, from the module', () => {
  let proxy: TcpChaosProxy;
  let app: INestApplicationContext;
  let others: INestApplicationContext[];
  let prefix: string;
  let cache: JsonCache;
  let caches: Caches;

  async function started(limits = generousLimits): Promise<void> {
    app = await instance(limits);
    cache = app.get(JsonCache);
    caches = app.get(Caches);
  }

  function instance(limits: Partial<LinkLimits> = generousLimits): Promise<INestApplicationContext> {
    const module = CacheModule.forRoot({
      service: 'courses',
      config: { REDIS_URL: proxy.url(redisUrl()), CACHE_PREFIX: prefix },
      caches: { registry: new Registry(), limits },
    });
    const health = {
      module: class Health {},
      global: true,
      providers: [HealthRegistry],
      exports: [HealthRegistry],
    };
    const root = { module: class Root {}, imports: [health, module] };
    return NestFactory.createApplicationContext(root, { logger: false });
  }

  /** Another instance over the same Redis. */
  async function another(): Promise<JsonCache> {
    const other = await instance();
    others.push(other);
    await until(() => other.get(Caches).state === 'up');
    return other.get(JsonCache);
  }

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
    prefix = testPrefix();
    others = [];
  });

  afterEach(async () => {
    for (const each of [app, ...others]) await each.close();
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
    const all = await Promise.all([1, 2, 3].map(() => cache.getOrLoad(departments, load)));
    expect(all).toEqual([[{ id: 'math' }], [{ id: 'math' }], [{ id: 'math' }]]);
    expect(await kept(cache, departments)).toEqual([{ id: 'math' }]);
    expect(load.count).toBe(1);
    expect(await cache.del(departments)).toBe(true);
    expect(await kept(cache, departments)).toBeUndefined();
    expect(await cache.getOrLoad(departments, async () => [])).toEqual([]);
    expect(await kept(cache, departments)).toEqual([]);
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
    await cache.getOrLoad(departments, async () => {
      await cache.del(departments);
      return ['old'];
    });
    expect(await kept(cache, departments)).toBeUndefined();
    expect(await cache.getOrLoad(departments, async () => ['new'])).toEqual(['new']);
    expect(await kept(cache, departments)).toEqual(['new']);
  });

  it('gives nobody who asks after a deletion what was loaded before it, on any instance', async () => {
    await started();
    await until(() => caches.state === 'up');
    const other = await another();
    const [begun, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    const early = other.getOrLoad(departments, () => {
      begun.resolve();
      return slow.promise;
    });
    await begun.promise;
    expect(await cache.del(departments)).toBe(true);
    expect(await other.getOrLoad(departments, async () => 'new')).toBe('new');
    slow.resolve('old');
    expect(await early).toBe('old');
    for (const each of [cache, other]) expect(await kept(each, departments)).not.toBe('old');
    expect(await cache.getOrLoad(departments, async () => 'new')).toBe('new');
    expect(await other.answer(departments, async () => 'unused')).toEqual({ value: 'new', source: 'l2' });
  });

  it('keeps many by their ids, and loads those that are missing together', async () => {
    await started();
    await until(() => caches.state === 'up');
    const { person } = keys('courses', { person: 'person:{id}' });
    const asked: string[][] = [];
    const read = (...ids: string[]) =>
      cache.getOrLoadAll(
        ids,
        (id) => person({ id }),
        async (missing) => {
          asked.push([...missing]);
          return new Map(missing.filter((id) => id !== 'nobody').map((id) => [id, `${id}!`]));
        },
      );
    expect(await read()).toEqual(new Map());
    expect(await read('ada', 'nobody')).toEqual(new Map([['ada', 'ada!']]));
    expect(await read('ada', 'max', 'nobody')).toEqual(
      new Map([
        ['ada', 'ada!'],
        ['max', 'max!'],
      ]),
    );
    await cache.del(person({ id: 'ada' }));
    await read('ada', 'max');
    expect(asked).toEqual([['ada', 'nobody'], ['max', 'nobody'], ['ada']]);
    await proxy.refuse();
    await until(() => caches.state === 'down');
    expect((await read('ada', 'max')).size).toBe(2);
    expect(asked.at(-1)).toEqual(['ada', 'max']);
  });

  it('gives nothing from before a raised epoch', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cache.getOrLoad(departments, async () => ['old']);
    await caches.link.client.incr(epochKey);
    expect(await kept(cache, departments)).toBeUndefined();
  });

  it('goes on by loads without Redis, also from the start', async () => {
    await proxy.refuse();
    await started();
    const load = loading('x');
    for (let index = 0; index < 5; index += 1) expect(await cache.getOrLoad(departments, load)).toBe('x');
    expect(load.count).toBe(5);
    expect(caches.state).toBe('down');
    await proxy.pass();
    await until(() => caches.state === 'up');
    await cache.getOrLoad(departments, load);
    await cache.getOrLoad(departments, load);
    expect(load.count).toBe(6);
  });

  it('shares the load that begins after who asks came, without Redis', async () => {
    await proxy.refuse();
    await started();
    const begun: ((value: number) => void)[] = [];
    const load = () => new Promise<number>((resolve) => begun.push(resolve));
    const first = cache.getOrLoad(departments, load);
    await until(() => begun.length === 1);
    const later = [1, 2, 3].map(() => cache.getOrLoad(departments, load));
    await until(() => caches.state === 'down');
    begun[0]?.(1);
    expect(await first).toBe(1);
    await until(() => begun.length === 2);
    const last = cache.getOrLoad(departments, load);
    begun[1]?.(2);
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await until(() => begun.length === 3);
    begun[2]?.(3);
    expect(await last).toBe(3);
  });

  it('loads where a read of many fails, and keeps nothing under a mark that was not read', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cache.getOrLoad(departments, async () => 'before');
    const [store] = app.get<Cache>(CACHE_MANAGER).stores;
    if (!store) throw new Error('There is no store.');
    const failing = vi.spyOn(store, 'getMany').mockRejectedValue(new Error('MGET failed'));
    expect(await cache.getOrLoad(departments, loading('now'))).toBe('now');
    failing.mockRestore();
    expect(await kept(cache, departments)).toBe('before');
  });

  it('owes a deletion that did not arrive, and serves nothing of before afterwards', async () => {
    await started();
    await until(() => caches.state === 'up');
    await cache.getOrLoad(departments, async () => ['old']);
    await proxy.refuse();
    await until(() => caches.state === 'down');
    expect(await cache.del(departments)).toBe(false);
    await proxy.pass();
    await until(() => caches.state === 'up');
    expect(await kept(cache, departments)).toBeUndefined();
  });

  it('waits for a Redis that never answers 50 ms at most', async () => {
    await started({});
    await until(() => caches.state === 'up');
    proxy.hole();
    const startedAt = performance.now();
    expect(await cache.getOrLoad(departments, async () => 'x')).toBe('x');
    expect(performance.now() - startedAt).toBeLessThan(50 + 250);
  });
});
