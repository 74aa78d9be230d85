import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { until } from '@registrar/testing';
import type { CacheLevel } from '../levels/cache-level.ts';
import { LayeredLevel } from '../levels/layered-level.ts';
import { MemoryLevel } from '../levels/memory-level.ts';
import { RedisLevel } from '../levels/redis-level.ts';
import { LinkMetrics } from '../metrics/link-metrics.ts';
import { createRedisClient, epochKey } from '../redis/redis-client.ts';
import { silentLog } from '../redis/cache-log.ts';
import { RedisLink, type LinkLimits } from '../redis/redis-link.ts';
import type { CacheKey } from '../keys/cache-keys.ts';
import type { LevelUnderTest } from './level-under-test.ts';

/** The real Redis of the test stack. */
export function redisUrl(): string {
  const url = process.env['REDIS_URL'];
  if (!url) throw new Error('REDIS_URL is not set: the integration tests need a Redis.');
  return url;
}

/** Limits that a busy machine does not reach, for tests in which Redis is well. */
export const generousLimits: Partial<LinkLimits> = { readMs: 2_000, writeMs: 5_000, jsonMs: 2_000 };

/** A prefix of its own, so that tests never meet. */
export function testPrefix(): string {
  return `test-cache-${randomUUID()}:`;
}

/** Instances over one Redis and prefix that take turns, with a clock of their own. */
async function overRedis(instances: number, layered: boolean): Promise<LevelUnderTest> {
  let now = Date.now();
  const clock = (): number => now;
  const metrics = LinkMetrics.of(new Registry());
  const prefix = testPrefix();
  const links = Array.from({ length: instances }, () => {
    return new RedisLink(createRedisClient({ url: redisUrl(), prefix }), metrics, silentLog, generousLimits);
  });
  const memories = links.map(() => new MemoryLevel({ maxEntries: 10_000, maxBytes: 10_000_000, now: clock }));
  for (const link of links) link.start();
  await until(() => links.every((link) => link.trusted));
  const levels = links.map((link, index): CacheLevel => {
    const redis = new RedisLevel(link, metrics, clock);
    const memory = memories[index];
    return layered && memory ? new LayeredLevel(memory, redis) : redis;
  });
  return {
    level: takingTurns(levels),
    now: clock,
    async elapse(ms, keys) {
      now += ms;
      for (const key of keys) await shorten(links, key, ms);
    },
    async makeVoid() {
      await links[0]?.client.incr(epochKey);
      for (const memory of memories) memory.drop();
    },
    close: async () => links.forEach((link) => link.close()),
  };
}

/** Time passes in Redis by shortening what a key has left. */
async function shorten(links: readonly RedisLink[], key: CacheKey, ms: number): Promise<void> {
  const client = links[0]?.client;
  const left = (await client?.pttl(key)) ?? -1;
  if (left > 0) await client?.pexpire(key, left - ms);
}

/** A level that is another instance with every call. */
function takingTurns(levels: readonly CacheLevel[]): CacheLevel {
  let turn = 0;
  const next = (): CacheLevel => {
    const level = levels[turn++ % levels.length];
    if (!level) throw new RangeError('No level to take turns with.');
    return level;
  };
  return {
    mark: () => next().mark(),
    read: (key, options) => next().read(key, options),
    put: (key, record, mark) => next().put(key, record, mark),
    invalidate: (key, versions) => next().invalidate(key, versions),
  };
}

/** Redis alone. */
export const redisUnderTest = (): Promise<LevelUnderTest> => overRedis(1, false);

/** Redis alone, every call by another of two instances. */
export const twoInstancesUnderTest = (): Promise<LevelUnderTest> => overRedis(2, false);

/** Memory before Redis. */
export const layeredUnderTest = (): Promise<LevelUnderTest> => overRedis(1, true);
