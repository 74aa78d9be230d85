import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import type { VersionedCache } from '../reading/versioned-cache.ts';
import { epochKey } from '../redis/redis-client.ts';
import { generousLimits, redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { VersionedSource } from '../testing/versioned-source.ts';
import { Caches, type CacheOptions } from './caches.ts';

const key = keys('enrollments', { ofUser: 'user:{id}' }).ofUser({ id: 'usr_1' });

describe('two instances over one Redis, one of them behind a network that fails', () => {
  let proxy: TcpChaosProxy;
  let prefix: string;
  let source: VersionedSource;
  let open: Caches[];

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
    prefix = testPrefix();
    source = new VersionedSource();
    open = [];
  });

  afterEach(async () => {
    for (const caches of open) caches.onApplicationShutdown();
    await proxy.stop();
  });

  async function instance(
    behind: boolean,
    options: Partial<CacheOptions> = {},
  ): Promise<{ caches: Caches; cache: VersionedCache }> {
    const url = behind ? proxy.url(redisUrl()) : redisUrl();
    const caches = new Caches({
      redisUrl: url,
      prefix,
      registry: new Registry(),
      limits: generousLimits,
    }).start();
    open.push(caches);
    await until(() => caches.state === 'up');
    return {
      caches,
      cache: caches.create({ name: 'registrar-test', levels: 'l2', ttlMs: 60_000, ...options }),
    };
  }

  const read = async (cache: VersionedCache): Promise<[string, number]> => {
    const answer = await cache.get(key, source.load);
    await cache.settled();
    return [answer.source, Number(answer.body?.bytes.toString())];
  };

  /** A commit, and what a writer does after it. */
  const write = (cache: VersionedCache) => {
    const version = source.commit();
    return cache.update(key, version, () => String(version));
  };

  it('see each other’s entries and writes', async () => {
    const [near, far] = [await instance(false), await instance(true)];
    expect(await read(near.cache)).toEqual(['load', 1]);
    expect(await read(far.cache)).toEqual(['l2', 1]);
    expect(await write(far.cache)).toBe('patched');
    expect(await read(near.cache)).toEqual(['l2', 2]);
    expect(source.loads).toBe(1);
  });

  it('never serve what a write made old once the writer is back, whatever had failed', async () => {
    const [near, far] = [await instance(false), await instance(true)];
    await read(near.cache);
    await proxy.refuse();
    await until(() => far.caches.state === 'down');
    expect(await write(far.cache)).toBe('owed');
    expect(await read(far.cache)).toEqual(['load', 2]);
    // What remains: the other one reads what it has, until the event of the write arrives there.
    expect(await read(near.cache)).toEqual(['l2', 1]);
    await proxy.pass();
    await until(() => far.caches.state === 'up');
    expect(await read(near.cache)).toEqual(['load', 2]);
    expect(await read(far.cache)).toEqual(['l2', 2]);
  });

  it('say in a health check that Redis stands still, though nobody reads from it', async () => {
    const { caches } = await instance(true);
    expect(await caches.check()).toEqual({ state: 'up' });
    proxy.hole();
    expect(await caches.check()).toEqual({ state: 'down' });
    await proxy.pass();
    await until(async () => (await caches.check()).state === 'up');
  });

  it('see the write as soon as its event is there, also before the writer is back', async () => {
    const [near, far] = [await instance(false), await instance(true)];
    await read(near.cache);
    await proxy.refuse();
    await until(() => far.caches.state === 'down');
    await write(far.cache);
    expect(await near.cache.invalidate(key, source.version)).toBe(true);
    expect(await read(near.cache)).toEqual(['load', 2]);
  });

  it('do not keep a load that began before the epoch was raised', async () => {
    const [near, far] = [await instance(false), await instance(true)];
    const release = source.hold();
    const early = near.cache.get(key, source.load);
    await until(() => source.loads === 1);
    await proxy.refuse();
    await until(() => far.caches.state === 'down');
    await write(far.cache);
    await proxy.pass();
    await until(() => far.caches.state === 'up');
    release();
    expect((await early).versions).toEqual({ v: 1 });
    await near.cache.settled();
    expect(await read(near.cache)).toEqual(['load', 2]);
  });

  it('share no load across a raised epoch', async () => {
    const [near, far] = [await instance(false), await instance(true)];
    const release = source.hold();
    const early = near.cache.get(key, source.load);
    await until(() => source.loads === 1);
    source.commit();
    await far.caches.link.client.incr(epochKey);
    const late = near.cache.get(key, source.load);
    await until(() => source.loads === 2);
    release();
    expect([(await early).versions, (await late).versions]).toEqual([{ v: 1 }, { v: 2 }]);
  });

  it('trust what is there after a restart of an instance', async () => {
    const first = await instance(true);
    await read(first.cache);
    first.caches.onApplicationShutdown();
    const second = await instance(true);
    expect(await read(second.cache)).toEqual(['l2', 1]);
  });

  it('trust nothing after Redis came back with an older state', async () => {
    const [one, other] = [await instance(true), await instance(true)];
    const admin = await instance(false);
    await read(one.cache);
    const snapshot = await admin.caches.link.client.dumpBuffer(key);
    await write(one.cache);
    expect(await read(other.cache)).toEqual(['l2', 2]);
    await proxy.refuse();
    await until(() => one.caches.state === 'down' && other.caches.state === 'down');
    await admin.caches.link.client.restore(key, 60_000, snapshot, 'REPLACE');
    await proxy.pass();
    await until(() => one.caches.state === 'up' && other.caches.state === 'up');
    expect((await read(one.cache))[1]).toBe(2);
    expect((await read(other.cache))[1]).toBe(2);
  });

  it('do not keep what was being loaded while Redis lost a tombstone', async () => {
    const one = await instance(true);
    const admin = await instance(false);
    await admin.caches.link.client.incr(epochKey);
    await read(one.cache);
    await admin.caches.link.client.del(key);
    const release = source.hold();
    const early = one.cache.get(key, source.load);
    await until(() => source.loads === 2);
    await write(one.cache);
    proxy.cut();
    await until(() => one.caches.link.generation === 1);
    // It comes back without the last epoch too, which this instance then raises to the same number again.
    await admin.caches.link.client.del(key, epochKey);
    await until(() => one.caches.state === 'up');
    release();
    await early;
    await one.cache.settled();
    expect(await read(one.cache)).toEqual(['load', 2]);
  });

  it('empty their memories when the connection is back', async () => {
    const far = await instance(true, { levels: 'l1+l2' });
    await read(far.cache);
    expect(far.cache.lookup(key)).toBeDefined();
    proxy.cut();
    await until(() => far.caches.link.generation === 1);
    expect(far.cache.lookup(key)).toBeDefined();
    await until(() => far.caches.state === 'up');
    expect(far.cache.lookup(key)).toBeUndefined();
  });

  it('serve an expired entry from Redis while the source fails, and say so', async () => {
    const one = await instance(false, { ttlMs: 20 });
    await read(one.cache);
    const stored = Date.now();
    await until(() => Date.now() > stored + 25);
    const failing = () => Promise.reject(new Error('down'));
    expect(await one.cache.get(key, failing)).toMatchObject({ source: 'stale', versions: { v: 1 } });
  });
});
