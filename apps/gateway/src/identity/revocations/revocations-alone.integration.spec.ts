import { TcpChaosProxy, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

/** Nobody listens there. */
const away = { REDIS_URL: 'redis://127.0.0.1:9/0', KAFKA_BROKERS: '127.0.0.1:9' };
const system = new GatewaySystem();
let one: RunningGateway;
let other: RunningGateway;

beforeAll(async () => {
  [one, other] = await system.startTwo(away);
});
afterAll(() => system.close());

async function endsWithinASecond(token: string): Promise<void> {
  await until(async () => (await other.get('/api/auth/me', token)).status === 401, 1_000);
}

describe('with Redis and Kafka away', () => {
  it('a logout holds on every instance within a second', async () => {
    const { accessToken } = await one.register('una@registrar.example');
    expect((await other.get('/api/auth/me', accessToken)).status).toBe(200);
    await one.post('/api/auth/logout', undefined, accessToken);
    await endsWithinASecond(accessToken);
  });

  it('so does a change of the password', async () => {
    const mine = await one.register('vera@registrar.example');
    const elsewhere = await other.signIn('vera@registrar.example');
    const change = { currentPassword: goodPassword, newPassword: 'another fine password' };
    expect((await one.post('/api/auth/password', change, mine.accessToken)).status).toBe(204);
    await endsWithinASecond(elsewhere.accessToken);
  });

  it('so does a change of roles', async () => {
    const root = await one.signIn(admin.email, admin.password);
    const { user, accessToken } = await one.register('will@registrar.example');
    const path = `/api/users/${user.id}/roles`;
    expect(
      (await one.call('PUT', path, { token: root.accessToken, body: { roles: ['instructor'] } })).status,
    ).toBe(200);
    await endsWithinASecond(accessToken);
  });
});

describe('with the store away for so long that nobody knows who was signed out', () => {
  it('what is for everybody is still read, with a token too, and nothing else', async () => {
    const endpoint = system.env['DYNAMODB_ENDPOINT'] ?? '';
    const store = await TcpChaosProxy.start(endpoint);
    const gateway = await system.start({ DYNAMODB_ENDPOINT: store.url(endpoint) });
    const { accessToken } = await gateway.register('xeni@registrar.example');
    await store.refuse();
    await until(async () => (await gateway.get('/api/notifications/me', accessToken)).status === 503, 15_000);
    expect((await gateway.get('/api/courses', accessToken)).status).toBe(200);
    await store.pass();
    await until(async () => (await gateway.get('/api/notifications/me', accessToken)).status === 200);
    await gateway.app.close();
    await store.stop();
  }, 30_000);
});
