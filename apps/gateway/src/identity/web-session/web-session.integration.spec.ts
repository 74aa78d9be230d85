import { Dynamo } from '@registrar/dynamodb';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway, TestAnswer } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
let one: RunningGateway;
let other: RunningGateway;
let secure: RunningGateway;

beforeAll(async () => {
  await system.prepare();
  [one, other, secure] = await Promise.all([
    system.start(),
    system.start(),
    system.start({ LINK_BASE: 'https://registrar.example/reset-password' }),
  ]);
});
afterAll(() => system.close());

const fromOwnPage = { 'x-registrar-web': '1', 'sec-fetch-site': 'same-origin' };

interface WebCall {
  cookie?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls `/api/auth/web/<what>` as a page of ours does. */
function web(gateway: RunningGateway, what: string, { cookie, body, headers }: WebCall = {}) {
  return gateway.call('POST', `/api/auth/web/${what}`, {
    body,
    headers: { ...(headers ?? fromOwnPage), ...(cookie === undefined ? {} : { cookie }) },
  });
}

function cookiesSet({ headers }: TestAnswer): string[] {
  return [headers['set-cookie'] ?? []].flat();
}

/** The session's cookie that an answer sets, as a browser sends it back. */
function cookieOf(answer: TestAnswer, name = 'registrar'): string | undefined {
  return cookiesSet(answer)
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';', 1)[0];
}

async function signedIn(name: string, gateway = one): Promise<TestAnswer> {
  const email = `${name}@registrar.example`;
  await gateway.register(email);
  return web(gateway, 'login', { body: { email, password: goodPassword } });
}

function outcome({ status, json }: TestAnswer): unknown[] {
  return [status, json?.['code']];
}

describe('signing in on the web', () => {
  it('answers without the refresh token, which only the cookie has', async () => {
    const answer = await signedIn('ada');
    expect([answer.status, Object.keys(answer.json ?? {}).sort(), answer.json?.['expiresIn']]).toEqual([
      200,
      ['accessToken', 'expiresIn', 'user'],
      900,
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(cookiesSet(answer)).toEqual([
      expect.stringMatching(
        /^registrar=ses_[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
      ) as string,
      expect.stringMatching(/^registrar-device=/) as string,
    ]);
    expect(answer.text).not.toContain('ses_');
    const { user, accessToken } = answer.json as { user: object; accessToken: string };
    expect((await other.get('/api/auth/me', accessToken)).json).toEqual(user);
  });

  it('sets a cookie of this very host, over TLS only, where the site is reached so', async () => {
    const answer = await signedIn('ben', secure);
    expect(cookiesSet(answer)[0]).toMatch(
      /^__Host-registrar=ses_[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    const cookie = cookieOf(answer, '__Host-registrar');
    expect((await web(secure, 'refresh', { cookie })).status).toBe(200);
    const unprefixed = String(cookie).replace('__Host-', '');
    expect(outcome(await web(secure, 'refresh', { cookie: unprefixed }))).toEqual([
      401,
      'invalid_refresh_token',
    ]);
  });

  it('keeps the limits of signing in: a wrong password is refused without a cookie of a session', async () => {
    await signedIn('cleo');
    const body = { email: 'cleo@registrar.example', password: 'not the password' };
    const answer = await web(one, 'login', { body });
    expect([...outcome(answer), cookiesSet(answer)]).toEqual([401, 'invalid_credentials', []]);
  });
});

describe('refreshing by the cookie', () => {
  it('gives the next pair, and puts its refresh token into the cookie', async () => {
    const first = await signedIn('dora');
    const next = await web(other, 'refresh', { cookie: cookieOf(first) });
    expect([next.status, Object.keys(next.json ?? {}).sort()]).toEqual([
      200,
      ['accessToken', 'expiresIn', 'user'],
    ]);
    expect(cookieOf(next)).toMatch(/^registrar=ses_/);
    expect(cookieOf(next)).not.toBe(cookieOf(first));
  });

  it('gives two tabs that refresh at once the same pair, and so a retry within 10 s', async () => {
    const cookie = cookieOf(await signedIn('emil'));
    const tabs = await Promise.all([one, other, one, other].map((each) => web(each, 'refresh', { cookie })));
    const retry = await web(other, 'refresh', { cookie });
    for (const tab of [...tabs, retry]) {
      expect([tab.status, tab.text, cookieOf(tab)]).toEqual([200, tabs[0]?.text, cookieOf(tabs[0] ?? retry)]);
    }
  });

  it('ends the session of a token that comes back later, and leaves the cookie as it is', async () => {
    const stolen = cookieOf(await signedIn('fay'));
    const current = cookieOf(await web(one, 'refresh', { cookie: stolen }));
    const dynamo = one.app.get(Dynamo, { strict: false });
    const now = dynamo.now.bind(dynamo);
    const later = vi.spyOn(dynamo, 'now').mockImplementation(() => now() + 12_001);
    const reused = await web(one, 'refresh', { cookie: stolen });
    later.mockRestore();
    expect([...outcome(reused), cookiesSet(reused)]).toEqual([401, 'refresh_token_reused', []]);
    const refused = await web(other, 'refresh', { cookie: current });
    expect([...outcome(refused), cookiesSet(refused)]).toEqual([401, 'invalid_refresh_token', []]);
  });

  it('refuses a request without a cookie, a forged one and two at once, and ends nothing', async () => {
    const cookie = cookieOf(await signedIn('gus')) ?? '';
    const [id] = cookie.split('.');
    const forged = `${id}.1.${'a'.repeat(32)}.${'b'.repeat(22)}`;
    for (const sent of [
      undefined,
      'registrar=',
      'registrar=nonsense',
      forged,
      `${cookie}; ${cookie}`,
      `${forged}; ${cookie}`,
      `${cookie}; registrar=planted`,
      cookie.replace('registrar=', 'Registrar='),
      `${cookie.replace('=', '="')}"`,
      `registrar=${'x'.repeat(8_000)}`,
    ]) {
      const answer = await web(one, 'refresh', { cookie: sent });
      expect([sent, ...outcome(answer), cookiesSet(answer)]).toEqual([
        sent,
        401,
        'invalid_refresh_token',
        [],
      ]);
    }
    expect((await web(one, 'refresh', { cookie })).status).toBe(200);
  });

  it('takes the refresh token from nowhere else', async () => {
    const { refreshToken } = await one.register('hal@registrar.example');
    const bodies = await web(one, 'refresh', { body: { refreshToken } });
    expect(bodies.status).not.toBe(200);
    expect(
      (await one.call('POST', '/api/auth/web/refresh', { token: refreshToken, headers: fromOwnPage })).status,
    ).toBe(401);
  });
});

describe('signing out on the web', () => {
  it('ends the session on every instance within a second, and removes the cookie', async () => {
    const answer = await signedIn('ida');
    const cookie = cookieOf(answer);
    const { accessToken } = answer.json as { accessToken: string };
    const out = await web(one, 'logout', { cookie });
    expect([out.status, out.json, out.headers['clear-site-data']]).toEqual([
      200,
      { logoutUrl: null },
      '"cache"',
    ]);
    expect(cookiesSet(out)).toEqual(['registrar=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict']);
    await until(async () => (await other.get('/api/auth/me', accessToken)).status === 401, 1_000);
    expect(outcome(await web(other, 'refresh', { cookie }))).toEqual([401, 'invalid_refresh_token']);
  });

  it('is the same again, without a cookie, and with one that says nothing', async () => {
    const cookie = cookieOf(await signedIn('jan'));
    for (const sent of [cookie, cookie, undefined, 'registrar=nonsense']) {
      const out = await web(one, 'logout', { cookie: sent });
      expect([out.status, out.json, cookiesSet(out).length]).toEqual([200, { logoutUrl: null }, 1]);
    }
  });

  it('ends the session also by the token before the last', async () => {
    const before = cookieOf(await signedIn('kim'));
    const current = cookieOf(await web(one, 'refresh', { cookie: before }));
    expect((await web(one, 'logout', { cookie: before })).status).toBe(200);
    expect((await web(one, 'refresh', { cookie: current })).status).toBe(401);
  });

  it('lets no refresh that is under way go on after it', async () => {
    const cookie = cookieOf(await signedIn('lea'));
    const [refreshed] = await Promise.all([
      web(one, 'refresh', { cookie }),
      web(other, 'logout', { cookie }),
    ]);
    const next = cookieOf(refreshed) ?? cookie;
    expect((await web(one, 'refresh', { cookie: next })).status).toBe(401);
  });
});

describe('a page elsewhere', () => {
  const strange: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'x-registrar-web': '1' },
    { 'x-registrar-web': '2', 'sec-fetch-site': 'same-origin' },
    { 'x-registrar-web': '1', 'sec-fetch-site': 'cross-site' },
    { 'x-registrar-web': '1', 'sec-fetch-site': 'same-site' },
    { 'x-registrar-web': '1', origin: 'https://evil.example' },
    { 'x-registrar-web': '1', origin: 'null' },
  ];

  it.each(strange)('signs nobody in, on or out with %j', async (headers) => {
    const name = `m${strange.indexOf(headers)}`;
    const cookie = cookieOf(await signedIn(name));
    const body = { email: `${name}@registrar.example`, password: goodPassword };
    for (const [what, call] of [
      ['login', { body, headers }],
      ['refresh', { cookie, headers }],
      ['logout', { cookie, headers }],
    ] as const) {
      const answer = await web(one, what, call);
      expect([what, ...outcome(answer), cookiesSet(answer)]).toEqual([what, 403, 'cross_site_request', []]);
    }
    expect((await web(one, 'refresh', { cookie })).status).toBe(200);
  });

  it('sends no form that would be taken', async () => {
    const cookie = cookieOf(await signedIn('nora')) ?? '';
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=b',
    ]) {
      const { statusCode, headers } = await request(`${one.url}/api/auth/web/login`, {
        method: 'POST',
        headers: { ...fromOwnPage, 'content-type': type, cookie },
        body: `email=nora@registrar.example&password=${goodPassword}`,
      });
      expect([type, statusCode, headers['set-cookie']]).toEqual([type, 415, undefined]);
    }
  });

  it('is ours by its Origin, where a browser says no more', async () => {
    const cookie = cookieOf(await signedIn('olga'));
    const headers = { 'x-registrar-web': '1', origin: one.url };
    expect((await web(one, 'refresh', { cookie, headers })).status).toBe(200);
  });
});

describe('the cookie', () => {
  it('opens no other route', async () => {
    const cookie = cookieOf(await signedIn('pia')) ?? '';
    const headers = { ...fromOwnPage, cookie };
    for (const [method, path, body, status] of [
      ['GET', '/api/auth/me', undefined, 401],
      ['POST', '/api/auth/logout', undefined, 401],
      ['POST', '/api/auth/refresh', {}, 422],
      ['GET', '/api/enrollments/me', undefined, 401],
      ['GET', '/api/auth/web/refresh', undefined, 405],
    ] as const) {
      const answer = await one.call(method, path, { headers, body });
      expect([path, answer.status]).toEqual([path, status]);
    }
    expect((await web(one, 'refresh', { cookie })).status).toBe(200);
  });

  it('is not handed on to a service', async () => {
    const cookie = cookieOf(await signedIn('quin')) ?? '';
    const seen = await one.call('GET', '/api/courses/crs_aaaaaaaaaaaaaaaaaaaa', { headers: { cookie } });
    expect([seen.status, system.courses.seen.length > 0]).toEqual([200, true]);
    expect(JSON.stringify(system.courses.seen)).not.toContain('ses_');
  });
});
