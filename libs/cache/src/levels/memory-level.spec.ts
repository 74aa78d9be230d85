import { steadyNow } from '@registrar/service';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import { CachedBody } from '../record/cached-body.ts';
import { cacheLevelSuite } from '../testing/cache-level.suite.ts';
import { MemoryLevel } from './memory-level.ts';
import { memoryUnderTest } from '../testing/memory-under-test.ts';

cacheLevelSuite('MemoryLevel', memoryUnderTest);

describe('MemoryLevel', () => {
  const thing = keys('memory', { thing: '{id}' }).thing;
  const start = 1_000_000;

  function recordOf(version: number, body = `v${version}`) {
    return { versions: { v: version }, body: CachedBody.of(body), freshUntil: start + 60_000 };
  }

  function memoryOf(options: Partial<ConstructorParameters<typeof MemoryLevel>[0]> = {}) {
    const clock = { now: start, evicted: 0 };
    const memory = new MemoryLevel({
      maxEntries: 3,
      maxBytes: 100_000,
      now: () => clock.now,
      onEvict: () => (clock.evicted += 1),
      ...options,
    });
    return { memory, clock };
  }

  afterEach(() => vi.useRealTimers());

  it.each([-600_000, 600_000])('keeps its times when the wall clock steps by %i ms', (stepMs) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const memory = new MemoryLevel({ maxEntries: 3, maxBytes: 100_000 });
    const key = thing({ id: 1 });
    memory.put(key, { ...recordOf(1), freshUntil: steadyNow() + 60_000 }, memory.mark());
    vi.setSystemTime(Date.now() + stepMs);
    vi.advanceTimersByTime(59_999);
    expect(memory.fresh(key)).toBeDefined();
    vi.advanceTimersByTime(2);
    expect(memory.fresh(key)).toBeUndefined();
  });

  it('holds so many records, the least recently used one going first', () => {
    const { memory, clock } = memoryOf();
    for (const id of [1, 2, 3]) memory.put(thing({ id }), recordOf(1), memory.mark());
    expect(memory.fresh(thing({ id: 1 }))).toBeDefined();
    memory.put(thing({ id: 4 }), recordOf(1), memory.mark());
    expect(memory.fresh(thing({ id: 2 }))).toBeUndefined();
    expect(memory.fresh(thing({ id: 1 }))).toBeDefined();
    expect(clock.evicted).toBe(1);
    expect(memory.size.entries).toBe(3);
  });

  it('holds so many bytes, with room for both packed forms of each body', () => {
    const { memory } = memoryOf({ maxEntries: 100, maxBytes: 20_000 });
    for (let id = 0; id < 10; id += 1) {
      memory.put(thing({ id }), recordOf(1, 'x'.repeat(2_000)), memory.mark());
    }
    expect(memory.size.entries).toBe(3);
    expect(memory.size.bytes).toBeLessThanOrEqual(20_000);
  });

  it('remembers the version of a record that had to make room', () => {
    const { memory } = memoryOf({ maxEntries: 1 });
    const { mark } = memory.read(thing({ id: 1 }));
    memory.put(thing({ id: 1 }), recordOf(5), memory.mark());
    memory.put(thing({ id: 2 }), recordOf(1), memory.mark());
    expect(memory.put(thing({ id: 1 }), recordOf(4), mark).outcome).toBe('older');
  });

  it('remembers the version of a record that is too big to keep', () => {
    const { memory } = memoryOf({ maxBytes: 1_000 });
    memory.put(thing({ id: 1 }), recordOf(5, 'x'.repeat(5_000)), memory.mark());
    expect(memory.fresh(thing({ id: 1 }))).toBeUndefined();
    expect(memory.put(thing({ id: 1 }), recordOf(4), memory.mark()).outcome).toBe('older');
  });

  it('refuses every load under way when it had to forget a tombstone before its time', () => {
    const { memory, clock } = memoryOf({ maxTombstones: 2 });
    const { mark } = memory.read(thing({ id: 1 }));
    for (const id of [1, 2, 3]) memory.invalidate(thing({ id }), { v: 2 });
    expect(memory.put(thing({ id: 1 }), recordOf(1), mark).outcome).toBe('refused');
    clock.now += 31_000;
    const later = memory.mark();
    for (const id of [4, 5]) memory.invalidate(thing({ id }), { v: 2 });
    expect(memory.put(thing({ id: 1 }), recordOf(1), later).outcome).toBe('stored');
  });

  it('keeps the packed forms of a body that comes again', async () => {
    const { memory } = memoryOf();
    const body = JSON.stringify(Array.from({ length: 300 }, (_, index) => ({ index })));
    memory.put(thing({ id: 1 }), recordOf(1, body), memory.mark());
    const packed = await memory.fresh(thing({ id: 1 }))?.body?.form('br');
    memory.put(thing({ id: 1 }), recordOf(2, body), memory.mark());
    expect(memory.fresh(thing({ id: 1 }))?.versions).toEqual({ v: 2 });
    expect(memory.fresh(thing({ id: 1 }))?.body?.form('br')).toBe(packed);
  });

  it('holds memory of its own, not a window into the chunk that a socket delivered', () => {
    const { memory } = memoryOf();
    const chunk = Buffer.alloc(65_536, 'x');
    const window = CachedBody.of(chunk.subarray(10, 210));
    memory.put(thing({ id: 1 }), { ...recordOf(1), body: window }, memory.mark());
    const held = memory.fresh(thing({ id: 1 }))?.body?.bytes;
    expect(held?.length).toBe(200);
    expect(held?.buffer.byteLength).toBe(200);
  });

  it('is fresh no longer than its own time', () => {
    const { memory, clock } = memoryOf({ ttlMs: 1_000 });
    memory.put(thing({ id: 1 }), recordOf(1), memory.mark());
    clock.now += 999;
    expect(memory.fresh(thing({ id: 1 }))).toBeDefined();
    clock.now += 1;
    expect(memory.fresh(thing({ id: 1 }))).toBeUndefined();
    expect(memory.read(thing({ id: 1 })).record).toBeDefined();
  });
});
