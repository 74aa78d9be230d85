import { Dynamo } from '@registrar/dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
/** Without Kafka: it learns by looking alone. */
let alone: RunningGateway;
let one: RunningGateway;
let other: RunningGateway;

beforeAll(async () => {
  [one, other] = await system.startTwo();
  alone = await system.start({ KAFKA_BROKERS: '127.0.0.1:9' });
  await Promise.all([one.ready(), other.ready()]);
}, 60_000);
afterEach(() => vi.restoreAllMocks());
afterAll(() => system.close());

/** From now on what `writer` commits is stamped so many seconds off: it was held up before, or its clock is wrong. */
function stampedOffBy(seconds: number, writer: RunningGateway): void {
  const dynamo = writer.app.get(Dynamo, { strict: false });
  const now = dynamo.now.bind(dynamo);
  vi.spyOn(dynamo, 'now').mockImplementation(() => now() + seconds * 1_000);
}

async function endsWithinASecond(gateway: RunningGateway, token: string): Promise<void> {
  await until(async () => (await gateway.get('/api/auth/me', token)).status === 401, 1_000);
}

describe('a revocation whose stamp is off', () => {
  it.each([-600, -120, 120, 600])('by %i s holds on another instance within a second', async (seconds) => {
    const { accessToken } = await one.register(`late${seconds}@registrar.example`);
    expect((await other.get('/api/auth/me', accessToken)).status).toBe(200);
    stampedOffBy(seconds, one);
    expect((await one.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
    await endsWithinASecond(other, accessToken);
  });

  it.each([-120, 120])('by %i s ends older tokens when roles change, too', async (seconds) => {
    const root = await one.signIn(admin.email, admin.password);
    const { user, accessToken } = await one.register(`roles${seconds}@registrar.example`);
    stampedOffBy(seconds, one);
    const path = `/api/users/${user.id}/roles`;
    const body = { roles: ['instructor'] };
    expect((await one.call('PUT', path, { token: root.accessToken, body })).status).toBe(200);
    await endsWithinASecond(other, accessToken);
  });

  it('by the 30 s of a pause holds within a second where Kafka is away, too', async () => {
    const { accessToken } = await one.register('paused@registrar.example');
    expect((await alone.get('/api/auth/me', accessToken)).status).toBe(200);
    stampedOffBy(-30, one);
    expect((await one.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
    await endsWithinASecond(alone, accessToken);
  });

  it.each([-120, 120])(
    'by %i s holds where Kafka is away, too, after a round',
    async (seconds) => {
      const { accessToken } = await one.register(`alone${seconds}@registrar.example`);
      stampedOffBy(seconds, one);
      expect((await one.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
      await until(async () => (await alone.get('/api/auth/me', accessToken)).status === 401, 30_000);
    },
    40_000,
  );
});

it('a wall clock that is wrong by minutes stamps nothing', async () => {
  const { accessToken } = await one.register('wrong@registrar.example');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 120_000 });
  try {
    expect((await one.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
  } finally {
    vi.useRealTimers();
  }
  await endsWithinASecond(alone, accessToken);
});
