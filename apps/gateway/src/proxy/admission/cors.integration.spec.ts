import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';

const portal = 'https://portal.registrar.example';
const evil = 'https://evil.example';
const system = new GatewaySystem();
let open: RunningGateway;
let token: string;

beforeAll(async () => {
  await system.prepare();
  open = await system.start({ CORS_ORIGINS: portal });
  token = (await open.register('rosa@registrar.example')).accessToken;
});
afterAll(() => system.close());

/** The headers that CORS put on an answer. */
function allowed(headers: Record<string, unknown>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

describe('CORS', () => {
  it('allows no origin unless it is configured', async () => {
    const gateway = await system.start();
    const headers = { origin: portal, 'access-control-request-method': 'GET' };
    const preflight = await gateway.call('OPTIONS', '/api/courses', { headers });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([405, undefined]);
    expect((await gateway.get('/api/courses', undefined, { origin: portal })).headers['vary']).toBe(
      'Accept-Encoding',
    );
  });

  it('allows the configured one, without credentials, and no other', async () => {
    const ask = (origin: string) =>
      open.call('OPTIONS', '/api/courses', { headers: { origin, 'access-control-request-method': 'POST' } });
    const good = await ask(portal);
    expect(good.status).toBe(204);
    expect(good.headers).toMatchObject({ 'access-control-allow-origin': portal });
    expect(good.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await ask(evil)).headers['access-control-allow-origin']).toBeUndefined();
    for (const path of ['/api/courses', '/api/nothing', '/api/auth/me', '/api/enrollments/me']) {
      const answer = await open.get(path, undefined, { origin: portal });
      expect(answer.headers['access-control-allow-origin']).toBe(portal);
      expect(answer.headers['vary']).toContain('Origin');
    }
  });

  it('tells a preflight what may be sent, at any path, and for ten minutes', async () => {
    for (const path of ['/api/courses', '/api/auth/login', '/api/nothing', '/api//courses']) {
      const headers = { origin: portal, 'access-control-request-method': 'PATCH' };
      const answer = await open.call('OPTIONS', path, { headers });
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers).toMatchObject({
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': expect.stringContaining('Idempotency-Key') as string,
        'access-control-expose-headers': expect.stringContaining('RateLimit') as string,
        'access-control-max-age': '600',
      });
    }
  });

  it.each([
    ['without an origin', { 'access-control-request-method': 'GET' }],
    ['that asks for no method', { origin: portal }],
    ['of an unknown origin', { origin: evil, 'access-control-request-method': 'GET' }],
  ])('takes OPTIONS %s for a method that the path does not have', async (_what, headers) => {
    const answer = await open.call('OPTIONS', '/api/auth/login', {
      headers: headers as Record<string, string>,
    });
    expect([answer.status, answer.json?.['code'], answer.headers['allow']]).toEqual([
      405,
      'method_not_allowed',
      'POST',
    ]);
    expect(answer.headers['access-control-allow-methods']).toBeUndefined();
    expect((await open.call('OPTIONS', '/api/nothing', { headers })).status).toBe(404);
  });

  it('is on answers from memory, of services, of its own routes, and on refusals', async () => {
    system.notifications.answer = (_seen, response) =>
      json(response, 200, { items: [] }, { vary: 'Accept, Accept-Encoding' });
    const statuses = {
      '/api/courses': 200,
      '/api/auth/me': 200,
      '/api/notifications/me': 200,
      '/api/auth/login': 405,
      '/api/docs': 200,
      '/api/nothing': 404,
      '/api//courses': 400,
    };
    for (const [path, status] of Object.entries(statuses)) {
      const known = await open.get(path, token, { origin: portal });
      expect([path, known.status]).toEqual([path, status]);
      expect(known.headers['access-control-allow-origin']).toBe(portal);
      for (const origin of [undefined, evil]) {
        const other = await open.get(path, token, origin === undefined ? {} : { origin });
        expect([path, allowed(other.headers)]).toEqual([path, []]);
        expect(other.headers['vary']).toMatch(/^Origin, Accept-Encoding/);
      }
    }
    for (const path of ['/api/courses', '/api/auth/me']) {
      await until(async () => {
        const { headers } = await open.get(path, token, { origin: portal });
        expect(headers).toMatchObject({
          'access-control-allow-origin': portal,
          vary: 'Origin, Accept-Encoding',
        });
        return headers['cache-status'] === 'registrar-gateway; hit; detail=l1';
      });
    }
    const forwarded = await open.get('/api/notifications/me', token, { origin: portal });
    expect(forwarded.headers['vary']).toBe('Origin, Accept-Encoding, Accept');
    const bad = await open.get('/api/courses', 'no token', { origin: portal });
    expect([bad.status, bad.headers['access-control-allow-origin']]).toEqual([401, portal]);
  });

  it('is on what the limits refuse, which a preflight is not counted by', async () => {
    const strict = await system.start({ CORS_ORIGINS: portal, RATE_LIMIT_ADDRESS_PER_SECOND: '1' });
    const headers = { origin: portal, 'access-control-request-method': 'GET' };
    for (let call = 0; call < 10; call += 1) {
      expect((await strict.call('OPTIONS', '/api/courses', { headers })).status).toBe(204);
    }
    const calls = Array.from({ length: 20 }, () => strict.get('/api/courses', undefined, { origin: portal }));
    const refused = (await Promise.all(calls)).filter(({ status }) => status === 429);
    expect(refused[0]?.headers).toMatchObject({ 'access-control-allow-origin': portal });
  });
});
