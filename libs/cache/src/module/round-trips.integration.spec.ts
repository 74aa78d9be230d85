import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import type { VersionedCache } from '../reading/versioned-cache.ts';
import { generousLimits, redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { VersionedSource } from '../testing/versioned-source.ts';
import { Caches } from './caches.ts';

const thing = keys('trips', { thing: 'thing:{id}' }).thing;

describe('the way to Redis', () => {
  let proxy: TcpChaosProxy;
  let caches: Caches;
  let cache: VersionedCache;
  let source: VersionedSource;

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
    const url = proxy.url(redisUrl());
    caches = new Caches({
      redisUrl: url,
      prefix: testPrefix(),
      registry: new Registry(),
      limits: generousLimits,
    });
    caches.start();
    await until(() => caches.state === 'up');
    cache = caches.create({ name: 'registrar-test', levels: 'l2', ttlMs: 60_000 });
    source = new VersionedSource();
  });

  afterEach(async () => {
    caches.onApplicationShutdown();
    await proxy.stop();
  });

  /** How many chunks go to Redis while something is done. */
  async function trips(work: () => Promise<unknown>): Promise<number> {
    const before = proxy.chunks;
    await work();
    await cache.settled();
    return proxy.chunks - before;
  }

  it('is gone once for a hit, once more to put after a miss, once for a tombstone, twice for a change, once after its commit', async () => {
    const key = thing({ id: 1 });
    expect(await trips(() => cache.get(key, source.load))).toBe(2);
    expect(await trips(() => cache.get(key, source.load))).toBe(1);
    expect(await trips(() => cache.update(key, 2, () => 'changed'))).toBe(2);
    const before = cache.readBefore(key);
    await before;
    expect(await trips(() => cache.update(key, 3, () => 'changed again', before))).toBe(1);
    expect(await trips(() => cache.invalidate(key, 4))).toBe(1);
  });

  it('is shared by reads of the same moment, over one connection', async () => {
    const read = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 200 }, (_, id) => cache.get(thing({ id }), source.load)));
    await read();
    await cache.settled();
    expect(await trips(read)).toBeLessThanOrEqual(10);
    expect(proxy.accepted).toBe(1);
  });

  it('leaves nothing behind that never expires but the epoch', async () => {
    await cache.get(thing({ id: 1 }), source.load);
    await cache.settled();
    await cache.invalidate(thing({ id: 2 }), 1);
    expect(await caches.link.client.pttl(thing({ id: 1 }))).toBeGreaterThan(60_000);
    expect(await caches.link.client.pttl(thing({ id: 2 }))).toBeGreaterThan(29_000);
  });
});
