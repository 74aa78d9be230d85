import { setImmediate as turn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import { LayeredLevel } from '../levels/layered-level.ts';
import { MemoryLevel } from '../levels/memory-level.ts';
import { CacheMetrics } from '../metrics/cache-metrics.ts';
import { silentLog } from '../redis/cache-log.ts';
import { SharedDouble } from '../testing/shared-double.ts';
import type { Loaded, LoadRequest } from './cache-answer.ts';
import { Flights } from './flights.ts';
import { VersionedCache, type CacheParts } from './versioned-cache.ts';

const key = keys('enrollments', { ofUser: 'user:{id}' }).ofUser({ id: 'usr_1' });
const times = { ttlMs: 10_000, missingTtlMs: 2_000, staleMs: 60_000, loadMs: 200 };

function cacheOf(options: { layered?: boolean; maxLoads?: number; random?: () => number } = {}) {
  const clock = { now: 1_000_000 };
  const now = () => clock.now;
  const shared = new SharedDouble(now);
  const memory = options.layered ? new MemoryLevel({ maxEntries: 100, maxBytes: 1_000_000, now }) : undefined;
  const counts = CacheMetrics.of(new Registry()).counts('registrar-test');
  const parts: CacheParts = {
    name: 'registrar-test',
    level: memory ? new LayeredLevel(memory, shared) : shared,
    memory,
    flights: new Flights({ max: options.maxLoads ?? 10, shareBlind: options.layered === true }),
    counts,
    times,
    log: silentLog,
    now,
    random: options.random ?? (() => 0.5),
  };
  return { cache: new VersionedCache(parts), clock, shared, memory, counts };
}

/** A source that counts, and that can fail, be slow, or hold back. */
function sourceOf(version = 1) {
  const source = {
    version,
    loads: 0,
    fails: undefined as Error | undefined,
    requests: [] as LoadRequest[],
    hold: undefined as Promise<unknown> | undefined,
    load: async (request: LoadRequest): Promise<Loaded> => {
      source.loads += 1;
      source.requests.push(request);
      const versions = source.version;
      await source.hold;
      if (source.fails) throw source.fails;
      return { body: `v${versions}`, versions };
    },
  };
  return source;
}

describe('VersionedCache, reading', () => {
  it('loads once, then answers from the nearest level, and says which', async () => {
    const { cache, counts, memory } = cacheOf({ layered: true });
    const source = sourceOf();
    expect(cache.lookup(key)).toBeUndefined();
    expect(await cache.get(key, source.load)).toMatchObject({ source: 'load', versions: { v: 1 } });
    await cache.settled();
    expect(cache.lookup(key)).toMatchObject({ source: 'l1' });
    expect((await cache.get(key, source.load)).source).toBe('l1');
    memory?.drop();
    const answer = await cache.get(key, source.load);
    expect([answer.source, answer.body?.bytes.toString()]).toEqual(['l2', 'v1']);
    expect(source.loads).toBe(1);
    expect(counts).toMatchObject({ hits: { l1: 2, l2: 1 }, misses: 1, loading: 0 });
  });

  it('asks the shared level once for all who miss the memory at the same time', async () => {
    const { cache, shared } = cacheOf({ layered: true });
    const source = sourceOf();
    await Promise.all(Array.from({ length: 20 }, () => cache.get(key, source.load)));
    expect([shared.reads, source.loads]).toEqual([1, 1]);
  });

  it('asks the shared level for each read where there is no memory', async () => {
    const { cache, shared } = cacheOf();
    const source = sourceOf();
    await Promise.all(Array.from({ length: 20 }, () => cache.get(key, source.load)));
    expect([shared.reads, source.loads]).toEqual([20, 1]);
  });

  it('remembers that a thing is missing, for a shorter time', async () => {
    const { cache, clock } = cacheOf();
    let loads = 0;
    const load = async (): Promise<Loaded> => ({ body: null, versions: {}, n: (loads += 1) }) as Loaded;
    expect((await cache.get(key, load)).body).toBeUndefined();
    clock.now += 1_999;
    expect(await cache.get(key, load)).toMatchObject({ body: undefined, source: 'l2' });
    clock.now += 1;
    await cache.get(key, load);
    expect(loads).toBe(2);
  });

  it.each([
    [0, 9_000],
    [0.999_999, 10_999],
  ])('keeps a body for its time, spread by a tenth (random %s)', async (random, lastMs) => {
    const { cache, clock } = cacheOf({ random: () => random });
    const source = sourceOf();
    await cache.get(key, source.load);
    clock.now += lastMs - 1;
    expect((await cache.get(key, source.load)).source).toBe('l2');
    clock.now += 2;
    expect((await cache.get(key, source.load)).source).toBe('load');
  });

  it('tells a load which writes are known, and aborts it when its time is over', async () => {
    const { cache } = cacheOf();
    const source = sourceOf();
    await cache.invalidate(key, 7);
    source.hold = new Promise(() => undefined);
    await expect(cache.get(key, source.load)).rejects.toMatchObject({
      status: 503,
      code: 'service_unavailable',
    });
    expect(source.requests[0]?.atLeast).toEqual({ v: 7 });
    expect(source.requests[0]?.signal.aborted).toBe(true);
  });

  it('does not keep what a load brings after its time was over', async () => {
    const { cache, shared } = cacheOf();
    const source = sourceOf();
    let release: () => void = () => undefined;
    source.hold = new Promise<void>((resolve) => (release = resolve));
    await expect(cache.get(key, source.load)).rejects.toThrow();
    release();
    await turn();
    await cache.settled();
    expect(shared.held.fresh(key)).toBeUndefined();
  });

  it('goes on by loads while the shared level is away, sharing none that began before the read', async () => {
    const { cache, shared } = cacheOf();
    shared.away = true;
    const source = sourceOf();
    const answers = await Promise.all([1, 2, 3].map(() => cache.get(key, source.load)));
    expect(answers.map((answer) => answer.source)).toEqual(['load', 'load', 'load']);
    expect(source.loads).toBe(3);
  });
});

describe('VersionedCache, when the source fails', () => {
  it('serves the expired body for 60 s and says so, then the error', async () => {
    const { cache, clock, counts } = cacheOf();
    const source = sourceOf();
    await cache.get(key, source.load);
    source.fails = new Error('down');
    clock.now += 10_001;
    expect(await cache.get(key, source.load)).toMatchObject({ source: 'stale', versions: { v: 1 } });
    clock.now += 59_000;
    expect((await cache.get(key, source.load)).source).toBe('stale');
    clock.now += 1_000;
    await expect(cache.get(key, source.load)).rejects.toThrow('down');
    expect(counts).toMatchObject({ stale: 2, errors: { load: 3 } });
  });

  it('asks a failed source again only after a second, as long as there is something to serve', async () => {
    const { cache, clock } = cacheOf();
    const source = sourceOf();
    await cache.get(key, source.load);
    source.fails = new Error('down');
    clock.now += 10_001;
    for (let index = 0; index < 10; index += 1) await cache.get(key, source.load);
    expect(source.loads).toBe(2);
    clock.now += 1_001;
    source.fails = undefined;
    expect((await cache.get(key, source.load)).source).toBe('load');
  });

  it('serves nothing expired that is known to be too old, or that was missing', async () => {
    const { cache, clock } = cacheOf();
    const source = sourceOf();
    await cache.get(key, source.load);
    await cache.invalidate(key, 2);
    source.fails = new Error('down');
    await expect(cache.get(key, source.load)).rejects.toThrow('down');
    await cache.put(key, { body: null, versions: 2 }, cache.mark());
    clock.now += 10_001;
    await expect(cache.get(key, source.load)).rejects.toThrow('down');
  });

  it('serves the expired body where one load more would be too many', async () => {
    const { cache, clock } = cacheOf({ maxLoads: 1 });
    const source = sourceOf();
    await cache.get(key, source.load);
    clock.now += 10_001;
    const other = keys('other', { thing: 'thing' }).thing();
    let release: () => void = () => undefined;
    source.hold = new Promise<void>((resolve) => (release = resolve));
    const running = cache.get(other, source.load);
    await turn();
    expect((await cache.get(key, source.load)).source).toBe('stale');
    release();
    await running;
  });
});

describe('VersionedCache, writing', () => {
  it('does not keep a load that began before a write, also with its invalidation in between', async () => {
    for (const layered of [false, true]) {
      const { cache, shared } = cacheOf({ layered });
      const source = sourceOf();
      let release: () => void = () => undefined;
      source.hold = new Promise<void>((resolve) => (release = resolve));
      const early = cache.get(key, source.load);
      await turn();
      source.version = 2;
      await cache.invalidate(key, 2);
      source.hold = undefined;
      const late = cache.get(key, source.load);
      release();
      expect((await early).versions).toEqual({ v: 1 });
      expect((await late).versions).toEqual({ v: 2 });
      await cache.settled();
      expect(shared.held.fresh(key)?.versions).toEqual({ v: 2 });
    }
  });

  it('patches the body that is exactly the one before, and keeps its time', async () => {
    const { cache, clock, shared } = cacheOf({ layered: true });
    await cache.put(key, { body: '["a"]', versions: { fall: 1, spring: 4 } }, cache.mark());
    clock.now += 5_000;
    const outcome = await cache.update(key, { fall: 2 }, (body) =>
      JSON.stringify([...JSON.parse(body.toString()), 'b']),
    );
    expect(outcome).toBe('patched');
    expect(cache.lookup(key)?.body?.bytes.toString()).toBe('["a","b"]');
    expect(shared.held.fresh(key)).toMatchObject({ versions: { fall: 2, spring: 4 }, freshUntil: 1_010_000 });
  });

  it('patches what was read before the commit, and drops it where another part was changed meanwhile', async () => {
    for (const isCrossed of [false, true]) {
      const { cache, shared } = cacheOf();
      await cache.put(key, { body: 'base', versions: { fall: 1, spring: 1 } }, cache.mark());
      const before = cache.readBefore(key);
      await before;
      if (isCrossed) await cache.update(key, { spring: 2 }, () => 'spring');
      const outcome = await cache.update(key, { fall: 2 }, (body) => `${body.toString()}, fall`, before);
      expect(outcome).toBe(isCrossed ? 'tombstone' : 'patched');
      expect(shared.held.fresh(key)?.body?.bytes.toString()).toBe(isCrossed ? undefined : 'base, fall');
    }
  });

  it.each([
    ['a write is missing in between', { fall: 3 }, () => 'x'],
    ['the change cannot tell', { fall: 2 }, () => undefined],
    [
      'the change throws',
      { fall: 2 },
      () => {
        throw new Error('odd body');
      },
    ],
  ])('drops the body where %s', async (_why, versions, change) => {
    const { cache, shared } = cacheOf({ layered: true });
    await cache.put(key, { body: '[]', versions: { fall: 1 } }, cache.mark());
    expect(await cache.update(key, versions, change)).toBe('tombstone');
    expect(cache.lookup(key)).toBeUndefined();
    expect(shared.held.read(key).floor).toEqual(versions);
  });

  it('leaves a body that knows the write already', async () => {
    const { cache } = cacheOf({ layered: true });
    await cache.put(key, { body: '[]', versions: { fall: 3 } }, cache.mark());
    expect(await cache.update(key, { fall: 2 }, () => 'x')).toBe('current');
    expect(cache.lookup(key)?.versions).toEqual({ fall: 3 });
  });

  it('drops the body when two writers changed different parts of it at the same time', async () => {
    const { cache, shared } = cacheOf();
    await cache.put(key, { body: 'base', versions: { fall: 1, spring: 1 } }, cache.mark());
    const both = [{ fall: 2 }, { spring: 2 }].map((versions) => cache.update(key, versions, () => 'changed'));
    expect((await Promise.all(both)).sort()).toEqual(['patched', 'tombstone']);
    expect(shared.held.fresh(key)).toBeUndefined();
    expect(shared.held.read(key).floor).toEqual({ fall: 2, spring: 2 });
  });

  it('owes a write that the shared level cannot be told of, and serves nothing older from the memory', async () => {
    const { cache, shared } = cacheOf({ layered: true });
    await cache.put(key, { body: '[]', versions: 1 }, cache.mark());
    shared.away = true;
    expect(await cache.update(key, 2, () => 'x')).toBe('owed');
    expect(cache.lookup(key)?.versions).toEqual({ v: 2 });
    expect(await cache.invalidate(key, 3)).toBe(false);
    expect(cache.lookup(key)).toBeUndefined();
  });

  it('does not serve from the shared level what the memory knows to be too old', async () => {
    const { cache, shared } = cacheOf({ layered: true });
    await cache.put(key, { body: 'v1', versions: 1 }, cache.mark());
    shared.away = true;
    await cache.invalidate(key, 2);
    shared.away = false;
    const source = sourceOf(2);
    expect(await cache.get(key, source.load)).toMatchObject({ source: 'load', versions: { v: 2 } });
  });

  it('drops from the memory what the shared level refuses as older', async () => {
    const { cache, shared } = cacheOf({ layered: true });
    shared.held.put(key, { versions: { v: 5 }, body: undefined, freshUntil: 2_000_000 }, shared.held.mark());
    await cache.put(key, { body: 'v4', versions: 4 }, cache.mark());
    expect(cache.lookup(key)).toBeUndefined();
  });

  it('refuses versions that are none', async () => {
    const { cache } = cacheOf();
    await expect(cache.invalidate(key, -1)).rejects.toThrow(TypeError);
  });
});
