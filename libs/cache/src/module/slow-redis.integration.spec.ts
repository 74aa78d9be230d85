import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import type { VersionedCache } from '../reading/versioned-cache.ts';
import { redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { VersionedSource } from '../testing/versioned-source.ts';
import { Caches } from './caches.ts';

const thing = keys('slow', { thing: 'thing:{id}' }).thing;
const readCount = 300;
/** Reads one after the other that fit into the 100 ms until Redis is passed over, each given up after 15 ms. */
const attemptCount = 8;
/** Probes, and what a connection begins with, in the time the other reads take. */
const probeCount = 8;
/** What one read may lose is 20 ms; what a busy machine adds to a measurement is more. */
const machineMs = 250;
/** So often a limit may begin, for a process that is kept from the processor. */
const limitCount = 4;

describe('a Redis that fails', () => {
  let proxy: TcpChaosProxy;
  let caches: Caches;
  let cache: VersionedCache;
  let registry: Registry;
  let source: VersionedSource;

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
    registry = new Registry();
    source = new VersionedSource();
    caches = new Caches({ redisUrl: proxy.url(redisUrl()), prefix: testPrefix(), registry }).start();
    cache = caches.create({ name: 'registrar-test', levels: 'l2', ttlMs: 60_000, maxLoads: 1_000 });
    await until(() => caches.state === 'up');
    for (let id = 0; id < readCount; id += 1) await cache.get(thing({ id }), source.load);
    await cache.settled();
  });

  afterEach(async () => {
    caches.onApplicationShutdown();
    await proxy.stop();
  });

  async function lateReads(): Promise<number> {
    const metric = await registry.getSingleMetric('registrar_cache_redis_failures_total')?.get();
    return (metric?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  }

  /** Reads one after the other; how long each took, ms, sorted. */
  async function times(): Promise<number[]> {
    const took: number[] = [];
    for (let id = 0; id < readCount; id += 1) {
      const startedAt = performance.now();
      const answer = await cache.get(thing({ id }), source.load);
      took.push(performance.now() - startedAt);
      expect(answer.body?.bytes.toString()).toBe(String(source.version));
    }
    return took.sort((one, other) => one - other);
  }

  it.each([
    ['refuses', async () => proxy.refuse()],
    ['never answers', async () => proxy.hole()],
    ['takes commands and never answers', async () => proxy.mute()],
    ['answers after 80 ms', async () => proxy.pass(80)],
  ])('that %s costs a few reads 15 ms, and the others nothing', async (_how, fail) => {
    const lateBefore = await lateReads();
    await fail();
    const chunks = proxy.chunks;
    const took = await times();
    expect((await lateReads()) - lateBefore).toBeLessThanOrEqual(attemptCount);
    expect(proxy.chunks - chunks).toBeLessThanOrEqual(attemptCount + probeCount);
    expect(took[Math.floor(readCount * 0.9)]).toBeLessThan(20);
    expect(took.at(-1)).toBeLessThan(20 + machineMs);
  });

  it('costs each of many concurrent reads 15 ms once', async () => {
    proxy.hole();
    const startedAt = performance.now();
    const answers = await Promise.all(
      Array.from({ length: readCount }, (_, id) => cache.get(thing({ id }), source.load)),
    );
    const tookMs = performance.now() - startedAt;
    expect(new Set(answers.map((answer) => answer.source))).toEqual(new Set(['load']));
    expect(tookMs).toBeLessThan(limitCount * 15 + machineMs);
    expect(proxy.chunks).toBeLessThan(readCount * 4);
  });

  it('is used again when it is back, without what was written meanwhile', async () => {
    proxy.hole();
    await times();
    source.commit();
    for (let id = 0; id < 5; id += 1) await cache.invalidate(thing({ id }), source.version);
    await proxy.pass();
    await until(() => caches.state === 'up');
    for (let id = 0; id < 5; id += 1) {
      expect((await cache.get(thing({ id }), source.load)).versions).toEqual({ v: source.version });
    }
    await until(async () => {
      await cache.settled();
      return (await cache.get(thing({ id: 0 }), source.load)).source === 'l2';
    });
  });

  it('costs a writer a tenth of a second at most', async () => {
    proxy.hole();
    const startedAt = performance.now();
    expect(await cache.update(thing({ id: 1 }), source.commit(), () => 'x')).toBe('owed');
    expect(performance.now() - startedAt).toBeLessThan(limitCount * (15 + 100) + machineMs);
  });
});
