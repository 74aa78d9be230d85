import { createCache } from 'cache-manager';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisClient, type CacheRedis } from '../redis/redis-client.ts';
import { redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { bareStore } from './bare-store.ts';
import { jsonCacheStore } from './json-cache-store.ts';

/** What a person may well have typed into a form, and what telejson would make of it. */
const texts = [
  '_function_greet|(() => { globalThis.brokenInto = true; })',
  '_symbol_name',
  '_date_2026-01-01T00:00:00.000Z',
  '_regexp_i|x',
  '_undefined_',
  '_Infinity_',
];

describe('a string that looks like code', () => {
  let client: CacheRedis;

  beforeAll(async () => {
    client = createRedisClient({ url: redisUrl(), prefix: testPrefix() });
    await client.connect();
  });

  afterAll(() => client.disconnect());

  it('becomes a function when the store is used bare: the reason why it never is', async () => {
    const bare = bareStore(client);
    await bare.set('thing', texts[0], 60_000);
    expect(await bare.get('thing')).toBeTypeOf('function');
  });

  it.each(texts)('stays a string behind Keyv and its adapter: %s', async (text) => {
    const cache = createCache({ stores: [jsonCacheStore(client)] });
    await cache.set('thing', text, 60_000);
    expect(await cache.get('thing')).toBe(text);
    await cache.set('things', { [text]: [text] }, 60_000);
    expect(await cache.get('things')).toEqual({ [text]: [text] });
    expect('brokenInto' in globalThis).toBe(false);
  });

  it('is stored under the prefix, with a time to live', async () => {
    const cache = createCache({ stores: [jsonCacheStore(client)] });
    await cache.set('thing', 1, 60_000);
    const left = await client.pttl('cold:thing');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('is never reason to empty the whole Redis', async () => {
    const cache = createCache({ stores: [jsonCacheStore(client)] });
    await cache.set('thing', 1, 60_000);
    await expect(cache.clear()).rejects.toThrow('FLUSHDB');
    expect(await cache.get('thing')).toBe(1);
  });
});
