import { Dynamo } from '@registrar/dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
let one: RunningGateway;
let other: RunningGateway;

beforeAll(async () => {
  [one, other] = await system.startTwo();
});
afterAll(() => system.close());

/** Fails where `token` still works on `gateway` after a second. */
async function endsWithinASecond(gateway: RunningGateway, token: string): Promise<void> {
  await until(async () => (await gateway.get('/api/auth/me', token)).status === 401, 1_000);
}

describe('registering and signing in', () => {
  it('gives a session whose token works on every instance', async () => {
    const session = await one.register('ann@registrar.example');
    expect(session).toMatchObject({
      user: { email: 'ann@registrar.example', roles: ['student'] },
      tokenType: 'Bearer',
      expiresIn: 900,
    });
    expect((await other.get('/api/auth/me', session.accessToken)).json).toEqual(session.user);
  });

  it('takes a mail address once, in whatever case of letters', async () => {
    await one.register('ben@registrar.example');
    const again = await other.post('/api/auth/register', {
      email: 'BEN@registrar.example',
      password: goodPassword,
      name: 'B',
    });
    expect([again.status, again.json?.['code']]).toEqual([409, 'email_taken']);
    const duplicates = await Promise.all(
      [one, other].map((gateway) =>
        gateway.post('/api/auth/register', {
          email: 'duplicate@registrar.example',
          password: goodPassword,
          name: 'T',
        }),
      ),
    );
    expect(duplicates.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each(['password1234', 'short', 'x'.repeat(257), '123456789012'])(
    'refuses the password %j',
    async (password) => {
      const answer = await one.post('/api/auth/register', {
        email: 'weak@registrar.example',
        password,
        name: 'W',
      });
      expect([answer.status, answer.json?.['code']]).toEqual([422, 'validation_failed']);
      expect(answer.json?.['errors']).toMatchObject([{ path: 'password' }]);
    },
  );

  it('signs in by mail in any case, and refuses a wrong password and an unknown mail alike', async () => {
    await one.register('cleo@registrar.example');
    expect((await other.signIn('Cleo@Registrar.example')).user.email).toBe('cleo@registrar.example');
    for (const email of ['cleo@registrar.example', 'nobody@registrar.example']) {
      const answer = await one.post('/api/auth/login', { email, password: 'not the password' });
      expect([answer.status, answer.json?.['code']]).toEqual([401, 'invalid_credentials']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });
});

describe('refreshing', () => {
  it('gives a new pair once, and the very same pair to a retry on any instance', async () => {
    const { refreshToken } = await one.register('dora@registrar.example');
    const first = await one.post('/api/auth/refresh', { refreshToken });
    expect(first.status).toBe(200);
    const retries = await Promise.all(
      [one, other, one].map((gateway) => gateway.post('/api/auth/refresh', { refreshToken })),
    );
    for (const retry of retries) expect(retry.json).toEqual(first.json);
    const { accessToken } = first.json as { accessToken: string };
    expect((await other.get('/api/auth/me', accessToken)).status).toBe(200);
  });

  it('gives one pair to duplicates that come at the same moment', async () => {
    const { refreshToken } = await one.register('emil@registrar.example');
    const duplicates = await Promise.all(
      [one, other, one, other].map((gateway) => gateway.post('/api/auth/refresh', { refreshToken })),
    );
    expect(new Set(duplicates.map(({ text }) => text)).size).toBe(1);
    expect(duplicates[0]?.status).toBe(200);
  });

  it.each([-120_000, 120_000])(
    'gives the same pair to a retry on an instance whose wall clock is off by %i ms',
    async (skewMs) => {
      const { refreshToken } = await one.register(`skew${skewMs}@registrar.example`);
      const first = await one.post('/api/auth/refresh', { refreshToken });
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs });
      const retry = await other.post('/api/auth/refresh', { refreshToken }).finally(() => vi.useRealTimers());
      expect(retry.json).toEqual(first.json);
    },
  );

  it.each([-120_000, 0, 120_000])(
    'ends the family of a token that comes back after 10 s, also where the wall clock is off by %i ms',
    async (skewMs) => {
      const { refreshToken } = await one.register(`reuse${skewMs}@registrar.example`);
      expect((await one.post('/api/auth/refresh', { refreshToken })).status).toBe(200);
      const dynamo = other.app.get(Dynamo, { strict: false });
      const now = dynamo.now.bind(dynamo);
      const later = vi.spyOn(dynamo, 'now').mockImplementation(() => now() + 12_001);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs });
      const reused = await other
        .post('/api/auth/refresh', { refreshToken })
        .finally(() => vi.useRealTimers());
      later.mockRestore();
      expect([reused.status, reused.json?.['code']]).toEqual([401, 'refresh_token_reused']);
    },
  );

  it('ends the whole family when a dead token comes back', async () => {
    const { refreshToken: dead } = await one.register('fay@registrar.example');
    const second = (await one.post('/api/auth/refresh', { refreshToken: dead })).json as Record<
      string,
      string
    >;
    const third = (await one.post('/api/auth/refresh', { refreshToken: second['refreshToken'] }))
      .json as Record<string, string>;
    const reused = await other.post('/api/auth/refresh', { refreshToken: dead });
    expect([reused.status, reused.json?.['code']]).toEqual([401, 'refresh_token_reused']);
    const after = await one.post('/api/auth/refresh', { refreshToken: third['refreshToken'] });
    expect([after.status, after.json?.['code']]).toEqual([401, 'invalid_refresh_token']);
    await endsWithinASecond(one, third['accessToken'] ?? '');
  });

  it('refuses what was never a refresh token, without ending anything', async () => {
    const { refreshToken, accessToken } = await one.register('gus@registrar.example');
    const [id] = refreshToken.split('.');
    const forged = [`${id}.1.${'a'.repeat(32)}.${'b'.repeat(22)}`, 'nonsense', accessToken, 'ses_none.1.a.b'];
    for (const token of forged) {
      const answer = await one.post('/api/auth/refresh', { refreshToken: token });
      expect([answer.status, answer.json?.['code']]).toEqual([401, 'invalid_refresh_token']);
    }
    expect((await one.post('/api/auth/refresh', { refreshToken })).status).toBe(200);
  });
});

describe('ending sessions', () => {
  it('ends the access token and its family on every instance within a second of a logout', async () => {
    const { accessToken, refreshToken } = await one.register('hal@registrar.example');
    expect((await other.get('/api/auth/me', accessToken)).status).toBe(200);
    expect((await one.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
    expect((await one.get('/api/auth/me', accessToken)).status).toBe(401);
    await endsWithinASecond(other, accessToken);
    expect((await other.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it('ends every other session when the password changes, and not the one that changed it', async () => {
    const mine = await one.register('ida@registrar.example');
    const elsewhere = await other.signIn('ida@registrar.example');
    const wrong = await one.post(
      '/api/auth/password',
      { currentPassword: 'not the password', newPassword: 'another fine password' },
      mine.accessToken,
    );
    expect([wrong.status, wrong.json?.['code']]).toEqual([401, 'invalid_credentials']);
    const change = { currentPassword: goodPassword, newPassword: 'another fine password' };
    expect((await one.post('/api/auth/password', change, mine.accessToken)).status).toBe(204);
    await endsWithinASecond(other, elsewhere.accessToken);
    expect((await other.get('/api/auth/me', mine.accessToken)).status).toBe(200);
    expect((await other.post('/api/auth/refresh', { refreshToken: elsewhere.refreshToken })).status).toBe(
      401,
    );
    expect((await other.post('/api/auth/refresh', { refreshToken: mine.refreshToken })).status).toBe(200);
    expect(
      (await one.post('/api/auth/login', { email: 'ida@registrar.example', password: goodPassword })).status,
    ).toBe(401);
    expect((await one.signIn('ida@registrar.example', 'another fine password')).user.id).toBe(mine.user.id);
  });

  it('ends older access tokens when roles change; a refresh gives one with the new roles', async () => {
    const root = await one.signIn(admin.email, admin.password);
    const student = await one.register('jan@registrar.example');
    const path = `/api/users/${student.user.id}/roles`;
    expect(
      (await one.call('PUT', path, { token: student.accessToken, body: { roles: ['admin'] } })).status,
    ).toBe(403);
    const changed = await one.call('PUT', path, {
      token: root.accessToken,
      body: { roles: ['student', 'registrar'] },
    });
    expect([changed.status, changed.json?.['roles']]).toEqual([200, ['student', 'registrar']]);
    await endsWithinASecond(other, student.accessToken);
    const next = (await other.post('/api/auth/refresh', { refreshToken: student.refreshToken }))
      .json as Record<string, string>;
    const me = await other.get('/api/auth/me', next['accessToken']);
    expect([me.status, me.json?.['roles']]).toEqual([200, ['student', 'registrar']]);
    expect(
      (await other.get('/api/users?email=JAN@registrar.example', next['accessToken'])).json,
    ).toMatchObject({
      items: [{ id: student.user.id }],
      nextCursor: null,
    });
  });

  it('knows on an instance just started who was signed out before', async () => {
    const { accessToken } = await one.register('kim@registrar.example');
    await one.post('/api/auth/logout', undefined, accessToken);
    const late = await system.start();
    expect((await late.get('/api/auth/me', accessToken)).status).toBe(401);
  });
});

describe('the lockout', () => {
  it('closes an account for the address that failed ten times, and for no other', async () => {
    const behindProxy = await system.start({
      TRUSTED_PROXIES: '127.0.0.1',
      RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
    });
    await one.register('lea@registrar.example');
    const attempt = (address: string, password: string) =>
      behindProxy.call('POST', '/api/auth/login', {
        body: { email: 'lea@registrar.example', password },
        headers: { 'x-forwarded-for': address },
      });
    const failures = await Promise.all(
      Array.from({ length: 12 }, () => attempt('203.0.113.7', 'not the password')),
    );
    expect(failures.filter(({ status }) => status === 401)).toHaveLength(10);
    const closed = await attempt('203.0.113.7', goodPassword);
    expect([closed.status, closed.json?.['code']]).toEqual([429, 'too_many_attempts']);
    expect(Number(closed.headers['retry-after'])).toBeGreaterThan(60);
    const asked = vi.spyOn(behindProxy.app.get(AttemptRepository), 'countsOf');
    expect((await attempt('203.0.113.7', goodPassword)).status).toBe(429);
    expect(asked).not.toHaveBeenCalled();
    expect((await attempt('203.0.113.8', goodPassword)).status).toBe(200);
  });
});
