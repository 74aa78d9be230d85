import { sampleTraces } from '@registrar/service';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { goodPassword } from '../../testing/running-gateway.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });

describe('a stale Authorization header', () => {
  let revoked: string;

  beforeAll(async () => {
    const { accessToken } = await gateway.register('ended@registrar.example');
    await gateway.post('/api/auth/logout', undefined, accessToken);
    await until(async () => (await gateway.get('/api/auth/me', accessToken)).status === 401);
    revoked = accessToken;
  });

  it.each(['Bearer garbage', 'Basic eA==', 'Bearer', 'revoked'])(
    'stops neither signing in nor refreshing, registering or a reset: %s',
    async (header) => {
      const headers = { authorization: header === 'revoked' ? `Bearer ${revoked}` : header };
      const ask = (path: string, body: object) => gateway.call('POST', path, { headers, body });
      const email = `${Math.random().toString(36).slice(2)}@registrar.example`;
      const registered = await ask('/api/auth/register', { email, password: goodPassword, name: 'A' });
      expect(registered.status).toBe(201);
      const signedIn = await ask('/api/auth/login', { email, password: goodPassword });
      expect(signedIn.status).toBe(200);
      const { refreshToken } = signedIn.json as { refreshToken: string };
      expect((await ask('/api/auth/refresh', { refreshToken })).status).toBe(200);
      expect((await ask('/api/auth/password-reset', { email })).status).toBe(202);
      const confirmed = await ask('/api/auth/password-reset/confirm', {
        token: 'nonsense',
        newPassword: goodPassword,
      });
      expect(confirmed.json?.['code']).toBe('invalid_reset_token');
      for (const path of ['/.well-known/jwks.json', '/health/live'])
        expect((await gateway.call('GET', path, { headers })).status).toBe(200);
      expect((await gateway.call('GET', '/api/auth/me', { headers })).status).toBe(401);
    },
  );
});

describe('the sampled flag of a client', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  afterEach(() => sampleTraces(1));

  it.each([
    [0, '01', '00'],
    [1, '00', '01'],
  ])(
    'does not decide what is recorded: with a share of %d, %s is handed on as %s',
    async (share, sent, decided) => {
      sampleTraces(share);
      const headers = { traceparent: `00-${id}-00f067aa0ba902b7-${sent}` };
      const answer = await gateway.call('GET', `/api/semesters?limit=${share + 1}`, { headers });
      const seen = system.courses.seen.at(-1)?.headers['traceparent'];
      for (const header of [answer.headers['traceparent'], seen])
        expect(header).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-${decided}$`));
    },
  );

  it('counts where one of our services brings it', async () => {
    sampleTraces(0);
    const headers = { traceparent: `00-${id}-00f067aa0ba902b7-01` };
    const token = gateway.serviceToken('enrollments');
    const path = '/internal/users/usr_none';
    const flagOf = async (call: { token?: string }) =>
      String((await gateway.call('GET', path, { headers, ...call })).headers['traceparent']).slice(-2);
    expect([await flagOf({ token }), await flagOf({}), await flagOf({ token: 'none' })]).toEqual([
      '01',
      '00',
      '00',
    ]);
  });
});
