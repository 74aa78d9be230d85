import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { EdgeCache } from './edge-cache.ts';

function ok(text: string, tag = `"${text}"`): UpstreamAnswer {
  return { status: 200, headers: { etag: tag }, body: Buffer.from(text) };
}

function setUp() {
  let now = 10_000;
  const cache = new EdgeCache(() => now);
  return { cache, pass: (ms: number) => (now += ms) };
}

async function textOf(cache: EdgeCache, load: () => Promise<UpstreamAnswer>): Promise<string> {
  const answer = await cache.get('k', load);
  return answer.entry
    ? `${answer.source} ${answer.entry.body.bytes.toString()}`
    : `passed ${answer.answer.status}`;
}

describe('the edge cache', () => {
  afterEach(() => vi.useRealTimers());

  it.each([-600_000, 600_000])(
    'holds an answer for a second when the wall clock steps by %i ms',
    async (stepMs) => {
      vi.useFakeTimers({ toFake: ['Date', 'performance'] });
      const cache = new EdgeCache();
      await textOf(cache, () => Promise.resolve(ok('one')));
      vi.setSystemTime(Date.now() + stepMs);
      vi.advanceTimersByTime(600);
      expect(await textOf(cache, () => Promise.resolve(ok('two')))).toBe('l1 one');
      vi.advanceTimersByTime(400);
      expect(await textOf(cache, () => Promise.resolve(ok('two')))).toBe('load two');
      vi.advanceTimersByTime(1);
      cache.invalidate('k');
      vi.setSystemTime(Date.now() - stepMs);
      vi.advanceTimersByTime(1);
      expect(await textOf(cache, () => Promise.resolve(ok('three')))).toBe('load three');
      expect(await textOf(cache, () => Promise.resolve(ok('four')))).toBe('l1 three');
    },
  );

  it('uses an answer for a second, counted from the question', async () => {
    const { cache, pass } = setUp();
    let release: (answer: UpstreamAnswer) => void = () => undefined;
    const slow = cache.get('k', () => new Promise((resolve) => (release = resolve)));
    pass(600);
    release(ok('one'));
    await slow;
    pass(99);
    expect(await textOf(cache, () => Promise.resolve(ok('two')))).toBe('l1 one');
    pass(301);
    expect(await textOf(cache, () => Promise.resolve(ok('two')))).toBe('load two');
  });

  it('replaces an answer beside before it is too old, and asks once', async () => {
    const { cache, pass } = setUp();
    await textOf(cache, () => Promise.resolve(ok('one')));
    pass(800);
    let asked = 0;
    const load = () => {
      asked += 1;
      return Promise.resolve(ok('two'));
    };
    expect(await textOf(cache, load)).toBe('l1 one');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await textOf(cache, load)).toBe('l1 two');
    expect(asked).toBe(1);
  });

  it('keeps the bytes where the service says that nothing changed', async () => {
    const { cache, pass } = setUp();
    await textOf(cache, () => Promise.resolve(ok('one', '"7.a"')));
    pass(1_000);
    const tags: (string | undefined)[] = [];
    const unchanged = await cache.get('k', (tag) => {
      tags.push(tag);
      return Promise.resolve({ status: 304, headers: {}, body: Buffer.alloc(0) });
    });
    expect(tags).toEqual(['7.a']);
    expect(unchanged.entry?.body.bytes.toString()).toBe('one');
  });

  it('uses nothing that was asked for before an invalidation, and shares no such question', async () => {
    const { cache, pass } = setUp();
    let release: (answer: UpstreamAnswer) => void = () => undefined;
    const before = cache.get('k', () => new Promise((resolve) => (release = resolve)));
    pass(1);
    cache.invalidate('k');
    const after = textOf(cache, () => Promise.resolve(ok('new')));
    release(ok('old'));
    expect((await before).entry?.body.bytes.toString()).toBe('old');
    expect(await after).toBe('load new');
    expect(await textOf(cache, () => Promise.resolve(ok('newer')))).toBe('l1 new');
    pass(1);
    cache.invalidateAll();
    expect(await textOf(cache, () => Promise.resolve(ok('newest')))).toBe('load newest');
  });

  it('serves a stale answer for a minute when the service fails, and asks it again beside', async () => {
    const { cache, pass } = setUp();
    await textOf(cache, () => Promise.resolve(ok('one')));
    pass(1_500);
    const down = () => Promise.reject(new Error('away'));
    expect(await textOf(cache, down)).toBe('stale one');
    expect(await textOf(cache, () => Promise.resolve({ ...ok('x'), status: 503 }))).toBe('stale one');
    expect(await textOf(cache, () => Promise.resolve(ok('two')))).toBe('stale one');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await textOf(cache, down)).toBe('l1 two');
    pass(60_001);
    await expect(textOf(cache, down)).rejects.toThrow('away');
  });

  it('passes refusals on, keeps none, and forgets what they are about', async () => {
    const { cache, pass } = setUp();
    await textOf(cache, () => Promise.resolve(ok('one')));
    pass(1_000);
    expect(await textOf(cache, () => Promise.resolve({ ...ok('gone'), status: 404 }))).toBe('passed 404');
    await expect(textOf(cache, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await textOf(cache, () => Promise.resolve({ ...ok('x'), status: 503 }))).toBe('passed 503');
  });
});
