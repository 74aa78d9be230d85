import { StoreProbe } from '@registrar/dynamodb';
import { HealthRegistry } from '@registrar/service';
import { TcpChaosProxy, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_ADDRESS_PER_SECOND: '0', RATE_LIMIT_SIGN_IN_PER_SECOND: '0' };

beforeAll(() => system.prepare());
afterAll(() => system.close());

/** What the gateway says of a dependency. */
async function stateOf(gateway: RunningGateway, dependency: string): Promise<string | undefined> {
  const { json } = await gateway.get('/health/ready');
  return (json as { dependencies: Record<string, { state: string }> }).dependencies[dependency]?.state;
}

describe('readiness', () => {
  it('asks the store as often as the timer does, however often it is asked for', async () => {
    const gateway = await system.start(unlimited);
    await gateway.ready();
    const asked = vi.spyOn(StoreProbe.prototype, 'readOnce');
    const turns = vi.spyOn(gateway.app.get(HealthRegistry, { strict: false }), 'refresh');
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => gateway.get('/health/ready')));
      for (const { status } of answers) expect(status).toBe(200);
    }
    expect(asked.mock.calls.length).toBeLessThanOrEqual(turns.mock.calls.length);
    expect(turns.mock.calls.length).toBeLessThan(100);
    vi.restoreAllMocks();
  });

  it('shows within 5 s that Redis stands still, though nobody uses it, and that it is back', async () => {
    const { REDIS_URL: redisUrl = '' } = system.env;
    const proxy = await TcpChaosProxy.start(redisUrl);
    const gateway = await system.start({ ...unlimited, REDIS_URL: proxy.url(redisUrl) });
    await gateway.ready();
    proxy.hole();
    await until(async () => (await stateOf(gateway, 'redis')) === 'down', 5_000);
    expect((await gateway.get('/health/ready')).status).toBe(200);
    await proxy.pass();
    await until(async () => (await stateOf(gateway, 'redis')) === 'up', 20_000);
    await gateway.app.close();
    await proxy.stop();
  });
});

describe('health and public keys', () => {
  const paths = ['/health/live', '/health/ready', '/.well-known/jwks.json'];

  it.each(paths)('are limited by address: %s', async (path) => {
    const gateway = await system.start({ RATE_LIMIT_ADDRESS_PER_SECOND: '1' });
    const codes: unknown[] = [];
    await until(async () => {
      const { status, json, headers } = await gateway.get(path);
      if (status === 429) expect(headers['retry-after']).toMatch(/^[1-9]/);
      codes.push(status === 429 ? json?.['code'] : undefined);
      return status === 429;
    });
    expect(codes.at(-1)).toBe('rate_limited');
    expect(codes.length).toBeGreaterThan(2);
  });

  it('are there for an address that has used up everything else, and for others', async () => {
    const gateway = await system.start({
      RATE_LIMIT_ADDRESS_PER_SECOND: '1',
      TRUSTED_PROXIES: '127.0.0.1/32',
    });
    const from = (address: string, path: string) =>
      gateway.get(path, undefined, { 'x-forwarded-for': address });
    await until(async () => (await from('10.0.0.1', '/api/semesters')).status === 429);
    for (const path of paths) expect((await from('10.0.0.1', path)).status).not.toBe(429);
    await until(async () => (await from('10.0.0.1', '/health/live')).status === 429);
    expect((await from('10.0.0.2', '/health/live')).status).toBe(200);
    expect((await gateway.get('/health/live')).status).toBe(200);
  });
});
