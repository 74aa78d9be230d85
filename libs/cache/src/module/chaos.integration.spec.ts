import { setTimeout as pause } from 'node:timers/promises';
import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import type { VersionedCache } from '../reading/versioned-cache.ts';
import { redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { VersionedSource } from '../testing/versioned-source.ts';
import { Caches } from './caches.ts';

const ofUser = keys('chaos', { ofUser: 'user:{id}' }).ofUser;
const runMs = 4_000;

interface Instance {
  readonly caches: Caches;
  readonly cache: VersionedCache;
  readonly proxy: TcpChaosProxy;
}

async function instanceWith(prefix: string): Promise<Instance> {
  const proxy = await TcpChaosProxy.start(redisUrl());
  const caches = new Caches({ redisUrl: proxy.url(redisUrl()), prefix, registry: new Registry() }).start();
  await until(() => caches.state === 'up');
  return { proxy, caches, cache: caches.create({ name: 'registrar-chaos', levels: 'l2', ttlMs: 60_000 }) };
}

/** Breaks and mends the network of each instance at random, until told to stop. */
async function chaos(instances: readonly Instance[], running: () => boolean): Promise<void> {
  while (running()) {
    const { proxy } = instances[Math.floor(Math.random() * instances.length)] ?? {};
    const faults = [
      async () => proxy?.cut(),
      async () => proxy?.hole(),
      async () => proxy?.mute(),
      async () => proxy?.refuse(),
      async () => proxy?.pass(40),
    ];
    await faults[Math.floor(Math.random() * faults.length)]?.();
    await pause(Math.random() * 150);
    await proxy?.pass();
    await pause(Math.random() * 400);
  }
}

/** One user who writes and reads on any instance, and what was seen that should not have been. */
async function user(id: number, instances: readonly Instance[], running: () => boolean): Promise<string[]> {
  const key = ofUser({ id });
  const source = new VersionedSource();
  const anyOf = (): Instance => instances[Math.floor(Math.random() * instances.length)] as Instance;
  const faults: string[] = [];
  const see = async ({ cache }: Instance, what: string): Promise<void> => {
    const least = source.version;
    const answer = await cache.get(key, source.load);
    const seen = Number(answer.body?.bytes.toString());
    if (seen < least) faults.push(`${what}: ${seen} (${answer.source}) after ${least}`);
  };
  while (running()) {
    const writer = anyOf();
    const version = source.commit();
    const outcome = await writer.cache.update(key, version, () => String(version));
    await see(writer, 'the writing instance');
    // An owed write is told to the others by its event, which is at least once and in order.
    if (outcome === 'owed') for (const other of instances) await untilApplied(other, version, key, running);
    await Promise.all(instances.map((other) => see(other, 'any instance')));
  }
  return faults;
}

async function untilApplied(
  { cache }: Instance,
  version: number,
  key: ReturnType<typeof ofUser>,
  running: () => boolean,
): Promise<void> {
  while (!(await cache.invalidate(key, version)) && running()) await pause(5);
}

describe('two instances whose networks to Redis fail at random', () => {
  it('never show a user less than the own last write, and no stale entry is left at the end', async () => {
    const prefix = testPrefix();
    const instances = [await instanceWith(prefix), await instanceWith(prefix)];
    const end = performance.now() + runMs;
    const running = (): boolean => performance.now() < end;
    const users = Array.from({ length: 6 }, (_, id) => user(id, instances, running));
    await chaos(instances, running);
    expect((await Promise.all(users)).flat()).toEqual([]);
    await until(() => instances.every(({ caches }) => caches.state === 'up'));
    for (const { caches, proxy } of instances) {
      caches.onApplicationShutdown();
      await proxy.stop();
    }
  });
});
