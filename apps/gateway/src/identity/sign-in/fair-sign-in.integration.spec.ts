import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway, TestAnswer } from '../../testing/running-gateway.ts';
import { SignInService } from './sign-in.service.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let hasher: PasswordHasher;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({
    RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
    RATE_LIMIT_ADDRESS_PER_SECOND: '0',
    TRUSTED_PROXIES: '127.0.0.1/32',
  });
  hasher = gateway.app.get(PasswordHasher, { strict: false });
});
afterAll(() => system.close());

function signIn(from: string, email: string, cookie?: string, password = goodPassword): Promise<TestAnswer> {
  const headers = { 'x-forwarded-for': from, ...(cookie === undefined ? {} : { cookie }) };
  return gateway.call('POST', '/api/auth/login', { headers, body: { email, password } });
}

/** The device cookie that an answer sets, as a browser sends it back. */
function deviceOf(answer: TestAnswer): string {
  return String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
}

function codeOf(error: unknown): unknown {
  return (error as { code?: string }).code;
}

describe('a flood of sign-ins', () => {
  it('of 1,000 from one address lets somebody from another in within a few turns', async () => {
    await gateway.register('near@registrar.example');
    let done = 0;
    let doneBefore = Infinity;
    const matches = hasher.matches.bind(hasher);
    vi.spyOn(hasher, 'matches').mockImplementation(async (hash, password, turn) => {
      const begun = done;
      const result = await matches(hash, password, turn);
      if (turn?.group === '10.0.0.2') doneBefore = done - begun;
      done += 1;
      return result;
    });
    // Not over sockets: a thousand of them at once are another matter.
    const service = gateway.app.get(SignInService, { strict: false });
    const client = { kind: 'api', address: '10.0.0.1', userAgent: null } as const;
    const flood = Array.from({ length: 1_000 }, (_, at) =>
      service.signIn({ email: `f${at}@registrar.example`, password: 'wrong' }, client).catch(codeOf),
    );
    await until(() => hasher.pending >= 5, 30_000);
    expect((await signIn('10.0.0.2', 'near@registrar.example')).status).toBe(200);
    expect(doneBefore).toBeLessThanOrEqual(16);
    vi.restoreAllMocks();
    const codes = await Promise.all(flood);
    expect(codes.filter((code) => code === 'overloaded').length).toBeGreaterThanOrEqual(900);
  });

  it('from everywhere does not keep out a device that signed in before', async () => {
    const email = 'known@registrar.example';
    await gateway.register(email);
    const device = deviceOf(await signIn('10.1.0.1', email));
    let flooding = true;
    // Each asks again as soon as it is served or refused: the queue of strangers stays full.
    const flood = Array.from({ length: 150 }, async (_, at) => {
      const turn = { queue: 'stranger', group: `10.2.0.${at}` } as const;
      while (flooding) await hasher.matches(undefined, 'wrong', turn).catch(() => delay(1));
    });
    const ended = Promise.allSettled(flood);
    await until(() => hasher.pending > 100, 30_000);
    const known = await signIn('10.1.0.2', email, device);
    const stranger = await signIn('10.1.0.3', email);
    flooding = false;
    expect(known.status).toBe(200);
    expect(stranger.json?.['code']).toBe('overloaded');
    expect([stranger.status, stranger.headers['retry-after']]).toEqual([503, '1']);
    await ended;
  });

  it('with the marks of 150 own accounts from one address does not keep out a known device at another', async () => {
    const email = 'owner@registrar.example';
    await gateway.register(email);
    const device = deviceOf(await signIn('10.6.0.2', email));
    let flooding = true;
    const flood = Array.from({ length: 150 }, async (_, at) => {
      const turn = { queue: 'known', group: '10.6.0.1', account: `throwaway ${at}` } as const;
      while (flooding) await hasher.matches(undefined, 'wrong', turn).catch(() => delay(1));
    });
    const ended = Promise.allSettled(flood);
    await until(() => hasher.pending > 100, 30_000);
    const matches = vi.spyOn(hasher, 'matches');
    const known = await signIn('10.6.0.2', email, device);
    const groups = matches.mock.calls.map(([, , turn]) => turn?.group);
    vi.restoreAllMocks();
    flooding = false;
    expect(known.status).toBe(200);
    expect(groups).toContain('10.6.0.2');
    await ended;
  });
});

describe('the device cookie', () => {
  it('is set by signing in and registering, for the calls of /api/auth alone, and no script reads it', async () => {
    const body = { email: 'cookie@registrar.example', password: goodPassword, name: 'C' };
    const registered = await gateway.post('/api/auth/register', body);
    const signedIn = await signIn('10.3.0.1', body.email);
    for (const { headers } of [registered, signedIn])
      expect(headers['set-cookie']).toMatch(
        /^registrar-device=[\w.-]+; Max-Age=7776000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/,
      );
    const refused = await signIn('10.3.0.1', body.email, undefined, 'not the password');
    expect(refused.headers['set-cookie']).toBeUndefined();
  });

  it('has its holder counted apart from the address, and signs nobody in', async () => {
    const email = 'shared@registrar.example';
    await gateway.register(email);
    const device = deviceOf(await signIn('10.4.0.1', email));
    for (let guess = 0; guess < 10; guess += 1) await signIn('10.4.0.1', email, undefined, `guess ${guess}`);
    expect((await signIn('10.4.0.1', email)).json?.['code']).toBe('too_many_attempts');
    expect((await signIn('10.4.0.1', email, device, 'not the password')).status).toBe(401);
    expect((await signIn('10.4.0.1', email, device)).status).toBe(200);
    // Of another account it is a stranger's, and counted with the address.
    await gateway.register('other@registrar.example');
    expect((await signIn('10.4.0.1', 'other@registrar.example', device)).status).toBe(200);
    expect((await signIn('10.4.0.1', email, 'registrar-device=0.forged')).status).toBe(429);
  });

  it('is of no use once the password changed', async () => {
    const email = 'hoarder@registrar.example';
    const { accessToken } = await gateway.register(email);
    const device = deviceOf(await signIn('10.7.0.1', email));
    const change = { currentPassword: goodPassword, newPassword: 'a whole new password' };
    expect((await gateway.post('/api/auth/password', change, accessToken)).status).toBe(204);
    const matches = vi.spyOn(hasher, 'matches');
    await signIn('10.7.0.3', email, device, 'guess');
    const renewed = deviceOf(await signIn('10.7.0.3', email, device, change.newPassword));
    await signIn('10.7.0.3', email, renewed, change.newPassword);
    const queues = matches.mock.calls.map(([, , turn]) => turn?.queue);
    vi.restoreAllMocks();
    expect(queues).toEqual(['stranger', 'stranger', 'known']);
  });

  it('is not needed: an account is closed for an IPv6 network as for one address', async () => {
    const email = 'six@registrar.example';
    await gateway.register(email);
    for (let guess = 0; guess < 10; guess += 1)
      await signIn(`2001:db8:1:2::${guess}`, email, undefined, `guess ${guess}`);
    expect((await signIn('2001:db8:1:2:ffff::1', email)).status).toBe(429);
    expect((await signIn('2001:db8:1:3::1', email)).status).toBe(200);
  });
});
