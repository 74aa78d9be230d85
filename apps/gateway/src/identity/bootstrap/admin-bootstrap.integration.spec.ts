import { ServiceTokens } from '@registrar/auth';
import { gatewayConfig } from '../../config/gateway-config.ts';
import { loadConfig } from '@registrar/service';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const email = 'first@registrar.example';
let gateway: RunningGateway;

beforeAll(async () => {
  await system.prepare();
  const { BOOTSTRAP_ADMIN_EMAIL: _, BOOTSTRAP_ADMIN_PASSWORD: __, ...env } = system.env;
  // A system whose first admin does not come from the environment.
  Object.defineProperty(system, 'env', { value: { ...env, RATE_LIMIT_SIGN_IN_PER_SECOND: '0' } });
  gateway = await system.start();
});
afterAll(() => system.close());

const ask = (address: unknown, caller = 'registrar-cli') =>
  gateway.call('POST', '/internal/admin-bootstrap', {
    token: gateway.serviceToken(caller),
    body: { email: address },
  });
const tokenOf = ({ json }: Awaited<ReturnType<typeof ask>>) =>
  /\/reset-password#\?token=(\S+)$/.exec(String(json?.['link']))?.[1] ?? '';
const use = (token: string, newPassword = goodPassword) =>
  gateway.post('/api/auth/password-reset/confirm', { token, newPassword });

it('is for the command line alone, and for mail addresses', async () => {
  expect((await ask(email, 'notifications')).status).toBe(403);
  expect((await gateway.post('/internal/admin-bootstrap', { email })).status).toBe(404);
  const foreign = new ServiceTokens(loadConfig(gatewayConfig, system.env), 'registrar-cli').for('courses');
  expect((await gateway.post('/internal/admin-bootstrap', { email }, foreign)).status).toBe(404);
  expect((await ask('no mail')).status).toBe(422);
});

it('makes nobody an admin before its link is used, and one admin of several links', async () => {
  const { user } = await gateway.register('known@registrar.example');
  const links = [await ask(email), await ask(email), await ask(user.email)];
  for (const { status, json } of links) {
    expect(status).toBe(200);
    const minutes = (Date.parse(String(json?.['expiresAt'])) - Date.now()) / 60_000;
    expect(Math.abs(minutes - 30)).toBeLessThan(1);
  }
  expect((await gateway.signIn(user.email)).user.roles).toEqual(['student']);
  expect((await gateway.post('/api/auth/login', { email, password: goodPassword })).status).toBe(401);
  const uses = await Promise.all(links.map((link) => use(tokenOf(link))));
  expect(uses.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
  const won = uses.findIndex(({ status }) => status === 204);
  const { user: first, accessToken } = await gateway.signIn(won === 2 ? user.email : email);
  expect([first.roles, first.emailVerified]).toEqual([['student', 'admin'], true]);
  const { items } = (await gateway.get('/api/users?role=admin', accessToken)).json as { items: unknown[] };
  expect(items).toHaveLength(1);
  for (const link of links) expect((await use(tokenOf(link))).json?.['code']).toBe('invalid_reset_token');
  const late = await ask('late@registrar.example');
  expect([late.status, late.json?.['code']]).toEqual([409, 'admin_exists']);
  expect((await gateway.get('/api/users?email=late@registrar.example', accessToken)).json?.['items']).toEqual(
    [],
  );
});
