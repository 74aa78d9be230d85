import { describe, expect, it } from 'vitest';
import { HealthRegistry } from './health-registry.ts';
import type { DependencyState } from './health-registry.ts';

function registryOf(states: { database: DependencyState; cache: DependencyState }) {
  const registry = new HealthRegistry();
  registry.register('database', 'always', () => ({ state: states.database }));
  registry.register('cache', 'at-start', () => ({ state: states.cache }));
  return registry;
}

describe('HealthRegistry', () => {
  it('is starting until everything was there once, and names what is missing', async () => {
    const states = { database: 'up' as DependencyState, cache: 'connecting' as DependencyState };
    const registry = registryOf(states);
    expect(await registry.readiness()).toEqual({
      status: 'starting',
      dependencies: { database: { state: 'up' }, cache: { state: 'connecting' } },
    });
    states.cache = 'up';
    expect((await registry.readiness()).status).toBe('ready');
  });

  it('is degraded without what it can do without, unavailable without the rest', async () => {
    const states: { database: DependencyState; cache: DependencyState } = { database: 'up', cache: 'up' };
    const registry = registryOf(states);
    await registry.readiness();
    states.cache = 'down';
    expect((await registry.readiness()).status).toBe('degraded');
    states.database = 'down';
    expect((await registry.readiness()).status).toBe('unavailable');
  });

  it('is ready, if degraded, without what it never needs', async () => {
    const registry = registryOf({ database: 'up', cache: 'up' });
    registry.register('mail server', 'never', () => ({ state: 'down' }));
    expect((await registry.readiness()).status).toBe('degraded');
  });

  it('is stopping once a shutdown began', async () => {
    const registry = registryOf({ database: 'up', cache: 'up' });
    registry.stop();
    expect((await registry.readiness()).status).toBe('stopping');
  });

  it('counts a check that throws as down', async () => {
    const registry = new HealthRegistry();
    registry.register('database', 'always', () => Promise.reject(new TypeError('secret address')));
    expect((await registry.readiness()).dependencies).toEqual({
      database: { state: 'down', detail: 'TypeError' },
    });
  });
});
