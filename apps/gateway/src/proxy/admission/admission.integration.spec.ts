import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Caches, keys } from '@registrar/cache';
import { describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';
import { median } from '../../testing/median.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
});
const token = (await gateway.register('rosa@registrar.example')).accessToken;

/** How many of a burst are refused at least, where `beyond` of them do not fit and the bucket fills meanwhile. */
function leastRefused(beyond: number, perSecond: number, begin: number): number {
  return beyond - Math.ceil(((performance.now() - begin) / 1_000) * perSecond);
}

describe('rate limits', () => {
  it('let a user burst a hundred times, say what is left, and answer 429 beyond', async () => {
    const begin = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => gateway.get('/api/notifications/me', token)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(leastRefused(200 - 100, 20, begin));
    expect(refused.length).toBeLessThanOrEqual(200 - 100);
    expect(refused[0]?.json).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    for (const { headers } of answers) {
      expect(headers['ratelimit-policy']).toBe('"user";q=100;w=5');
      expect(headers['ratelimit']).toMatch(/^"user";r=\d+;t=\d+$/);
    }
  });

  it('count each user apart', async () => {
    const other = await gateway.register('sam@registrar.example');
    expect((await gateway.get('/api/notifications/me', other.accessToken)).status).toBe(200);
  });

  it('count the addresses of one IPv6 /64 as one', async () => {
    const behind = await system.start({ TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_ADDRESS_PER_SECOND: '1' });
    const ask = async (address: string) =>
      (await behind.get('/api/semesters', undefined, { 'x-forwarded-for': address })).status;
    const begin = performance.now();
    const addresses = Array.from({ length: 30 }, (_, at) => `2001:db8:0:1::${at + 1}`);
    const statuses = await Promise.all(addresses.map(ask));
    const refused = statuses.filter((status) => status === 429).length;
    expect(refused).toBeGreaterThanOrEqual(leastRefused(30 - 2, 1, begin));
    expect(await ask('2001:db8:0:2::1')).toBe(200);
  });

  it('are shared between instances', async () => {
    const limits = { RATE_LIMIT_ADDRESS_PER_SECOND: '20', RATE_LIMIT_SIGN_IN_PER_SECOND: '0' };
    const [one, two] = await Promise.all([system.start(limits), system.start(limits)]);
    await Promise.all([one.ready(), two.ready()]);
    const ask = async (from: RunningGateway) => (await from.get('/api/semesters')).status;
    await Promise.all(Array.from({ length: 40 }, () => ask(one)));
    let allowed = 0;
    await until(async () => (await ask(two)) === 429 || (allowed += 1) === 40);
    // Alone it would give its whole burst away.
    expect(allowed).toBeLessThan(40);
  });

  it('are not frozen where the clock of Redis was set back', async () => {
    const limits = { RATE_LIMIT_ADDRESS_PER_SECOND: '20', RATE_LIMIT_SIGN_IN_PER_SECOND: '0' };
    const behind = await system.start(limits);
    const ask = async () => (await behind.get('/api/semesters')).status;
    await behind.ready();
    const seconds = Math.floor(Date.now() / 1_000) + 600;
    // Emptied ten minutes from now: what a clock leaves that was ahead, and was set right.
    const caller = { limit: 'address', caller: '127.0.0.1' };
    const bucket = keys('gateway', { bucket: 'rate:{limit}:{caller}' }).bucket(caller);
    const { link } = behind.app.get(Caches, { strict: false });
    await until(
      async () =>
        (await ask()) === 200 && (await link.runCommand('test', (client) => client.exists(bucket))) === 1,
    );
    await link.runCommand('test', (client) => client.hset(bucket, { t: '-40', a: String(seconds * 1_000) }));
    await until(async () => (await ask()) === 429);
    await until(async () => (await ask()) === 200, 10_000);
  });

  it('go on locally while Redis is away', async () => {
    const alone = await system.start({
      REDIS_URL: 'redis://127.0.0.1:9/0',
      RATE_LIMIT_ADDRESS_PER_SECOND: '5',
    });
    const begin = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, () => alone.get('/api/semesters')));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThanOrEqual(leastRefused(40 - 10, 5, begin));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(10);
  });

  it('are stricter for signing in, registering and resets', async () => {
    const strict = await system.start({
      RATE_LIMIT_SIGN_IN_PER_SECOND: '2',
      RATE_LIMIT_ADDRESS_PER_SECOND: '0',
    });
    const bodies: [string, object][] = [
      ['/api/auth/login', { email: 'x@registrar.example', password: 'y' }],
      ['/api/auth/register', {}],
      ['/api/auth/password-reset', {}],
      ['/api/auth/password-reset/confirm', {}],
    ];
    const begin = performance.now();
    const asked = [...bodies, ...bodies, ...bodies, ...bodies];
    const answers = await Promise.all(asked.map(([path, body]) => strict.post(path, body)));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThanOrEqual(leastRefused(16 - 4, 2, begin));
    expect(refused).toBeLessThanOrEqual(16 - 4);
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"sign-in";q=4;w=2');
    expect((await strict.get('/api/semesters')).status).toBe(200);
  });
});

describe('overload', () => {
  it('is answered with 503 within 10 ms while too much is under way', async () => {
    const small = await system.start({ MAX_IN_FLIGHT: '5', RATE_LIMIT_USER_PER_SECOND: '0' });
    const waiting: (() => void)[] = [];
    system.enrollments.answer = (_seen, response) => void waiting.push(() => json(response, 200, {}));
    const held = Array.from({ length: 5 }, () => small.get('/api/enrollments/me', token));
    await until(() => waiting.length === 5);
    const times: number[] = [];
    for (let call = 0; call < 20; call += 1) {
      const begin = performance.now();
      const answer = await small.get('/api/notifications/me', token);
      times.push(performance.now() - begin);
      expect([answer.status, answer.json?.['code'], answer.headers['retry-after']]).toEqual([
        503,
        'overloaded',
        '1',
      ]);
    }
    expect(median(times)).toBeLessThan(10);
    expect((await small.get('/health/live')).status).toBe(200);
    for (const answer of waiting) answer();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await small.get('/api/notifications/me', token)).status).toBe(200);
  });

  it('of password hashing is refused beyond a queue of 100, and does not starve reads', async () => {
    const busy = await system.start({
      RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
      RATE_LIMIT_ADDRESS_PER_SECOND: '0',
    });
    const logins = Array.from({ length: 250 }, (_, at) =>
      busy.post('/api/auth/login', { email: `flood${at}@registrar.example`, password: goodPassword }),
    );
    const times: number[] = [];
    for (let call = 0; call < 20; call += 1) {
      const begin = performance.now();
      expect((await busy.get('/api/departments')).status).toBe(200);
      times.push(performance.now() - begin);
    }
    const answers = await Promise.all(logins);
    const codes = answers.map(({ json: body }) => body?.['code']);
    expect(codes.filter((code) => code === 'overloaded').length).toBeGreaterThan(50);
    expect(codes.filter((code) => code === 'invalid_credentials').length).toBeGreaterThanOrEqual(100);
    expect(new Set(codes)).toEqual(new Set(['overloaded', 'invalid_credentials']));
    expect(median(times)).toBeLessThan(200);
  });
});

describe('slow clients', () => {
  it('do not hold up others, a thousand of them, and are cut off', async () => {
    const unlimited = await system.start({ RATE_LIMIT_ADDRESS_PER_SECOND: '0' });
    const sockets = Array.from({ length: 1_000 }, () => connect(unlimited.port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) socket.write('GET /api/courses HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const begin = performance.now();
    for (let call = 0; call < 20; call += 1) expect((await unlimited.get('/api/courses')).status).toBe(200);
    expect((performance.now() - begin) / 20).toBeLessThan(100);
    await Promise.all(sockets.map(closed));
  }, 30_000);
});

/** Resolves when the server has answered 408 and closed. */
async function closed(socket: Socket): Promise<void> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  await once(socket, 'close');
  expect(text).toContain('408');
  expect(text).toContain('request_timeout');
}

describe('who may register', () => {
  it('is nobody where it is closed, and only those of the domains where there are some', async () => {
    const body = { email: 'tom@elsewhere.example', password: goodPassword, name: 'Tom' };
    for (const own of [
      { SELF_REGISTRATION: 'off' },
      { REGISTRATION_DOMAINS: 'registrar.example,uni.example' },
    ]) {
      const answer = await (await system.start(own)).post('/api/auth/register', body);
      expect([answer.status, answer.json?.['code']]).toEqual([403, 'registration_closed']);
    }
    const some = await system.start({ REGISTRATION_DOMAINS: 'registrar.example, UNI.example' });
    expect((await some.post('/api/auth/register', { ...body, email: 'tom@Uni.Example' })).status).toBe(201);
  });
});
