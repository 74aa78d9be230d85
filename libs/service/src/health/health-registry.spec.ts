import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HealthRegistry } from './health-registry.ts';
import type { DependencyState, Readiness } from './health-registry.ts';

function registryOf(states: { database: DependencyState; cache: DependencyState }) {
  const registry = new HealthRegistry();
  registry.register('database', 'always', () => ({ state: states.database }));
  registry.register('cache', 'at-start', () => ({ state: states.cache }));
  return registry;
}

/** The readiness after a check. */
async function found(registry: HealthRegistry): Promise<Readiness> {
  await registry.refresh();
  return registry.readiness();
}

describe('HealthRegistry', () => {
  it('is starting until everything was there once, and names what is missing', async () => {
    const states = { database: 'up' as DependencyState, cache: 'connecting' as DependencyState };
    const registry = registryOf(states);
    expect(await found(registry)).toEqual({
      status: 'starting',
      dependencies: { database: { state: 'up' }, cache: { state: 'connecting' } },
    });
    states.cache = 'up';
    expect((await found(registry)).status).toBe('ready');
  });

  it('is degraded without what it can do without, unavailable without the rest', async () => {
    const states: { database: DependencyState; cache: DependencyState } = { database: 'up', cache: 'up' };
    const registry = registryOf(states);
    await registry.refresh();
    states.cache = 'down';
    expect((await found(registry)).status).toBe('degraded');
    states.database = 'down';
    expect((await found(registry)).status).toBe('unavailable');
  });

  it('is ready, if degraded, without what it never needs', async () => {
    const registry = registryOf({ database: 'up', cache: 'up' });
    registry.register('mail server', 'never', () => ({ state: 'down' }));
    expect((await found(registry)).status).toBe('degraded');
  });

  it('is stopping once a shutdown began', async () => {
    const registry = registryOf({ database: 'up', cache: 'up' });
    registry.stop();
    expect((await found(registry)).status).toBe('stopping');
  });

  it('counts a check that throws as down', async () => {
    const registry = new HealthRegistry();
    registry.register('database', 'always', () => Promise.reject(new TypeError('secret address')));
    expect((await found(registry)).dependencies).toEqual({
      database: { state: 'down', detail: 'TypeError' },
    });
  });
});

describe('the timer of health checks', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('makes the checks, whatever number of requests ask', async () => {
    const registry = new HealthRegistry();
    const check = vi.fn(() => ({ state: 'up' }) as const);
    registry.register('database', 'always', check);
    expect(registry.readiness().status).toBe('starting');
    await registry.onApplicationBootstrap();
    for (let request = 0; request < 1_000; request += 1) expect(registry.readiness().status).toBe('ready');
    expect(check).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(check).toHaveBeenCalledTimes(4);
    registry.onApplicationShutdown();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(check).toHaveBeenCalledTimes(4);
  });

  it('calls what gives no answer down, asks it once at a time, and sees it again', async () => {
    const registry = new HealthRegistry();
    let answer: (() => void) | undefined;
    const check = vi.fn(() => Promise.resolve({ state: 'up' } as const));
    registry.register('store', 'always', check);
    registry.register('cache', 'at-start', () => ({ state: 'up' }));
    await registry.onApplicationBootstrap();
    check.mockImplementation(() => new Promise((resolve) => (answer = () => resolve({ state: 'up' }))));
    await vi.advanceTimersByTimeAsync(4_500);
    expect(registry.readiness()).toEqual({
      status: 'unavailable',
      dependencies: {
        store: { state: 'down', detail: 'There was no answer in time.' },
        cache: { state: 'up' },
      },
    });
    expect(check).toHaveBeenCalledTimes(2);
    answer?.();
    check.mockImplementation(() => Promise.resolve({ state: 'up' }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(registry.readiness().status).toBe('ready');
    registry.onApplicationShutdown();
  });

  it('says so where the checks themselves are overdue', async () => {
    const registry = registryOf({ database: 'up', cache: 'up' });
    await registry.refresh();
    expect(registry.readiness(performance.now() + 5_001)).toEqual({
      status: 'unavailable',
      dependencies: {
        database: { state: 'down', detail: 'The last check is overdue.' },
        cache: { state: 'down', detail: 'The last check is overdue.' },
      },
    });
  });
});
