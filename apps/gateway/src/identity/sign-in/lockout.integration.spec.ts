import { auditTopic } from '@registrar/contracts-gateway';
import { OutboxRelay } from '@registrar/messaging';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway, TestAnswer } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
const newPassword = 'a whole new password';
let one: RunningGateway;
let other: RunningGateway;
let count = 0;
let email: string;

beforeAll(async () => {
  [one, other] = await system.startTwo({
    TRUSTED_PROXIES: '127.0.0.1/32',
    RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
    RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  });
});
afterAll(() => system.close());
beforeEach(async () => {
  count += 1;
  email = `locked.${count}@registrar.example`;
  await one.register(email);
});

interface Attempt {
  password?: string;
  from?: string;
  cookie?: string;
  gateway?: RunningGateway;
}

function attempt({ password = goodPassword, from = '10.0.0.1', cookie, gateway = one }: Attempt = {}) {
  const headers = { 'x-forwarded-for': from, ...(cookie !== undefined && { cookie }) };
  return gateway.call('POST', '/api/auth/login', { headers, body: { email, password } });
}

async function fail(times: number, how: Attempt = {}): Promise<void> {
  for (let at = 0; at < times; at += 1) await attempt({ password: `guess number ${at}`, ...how });
}

function outcome({ status, json }: TestAnswer): unknown {
  return json?.['code'] ?? status;
}

function deviceOf(answer: TestAnswer): string {
  return String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
}

/** Failures in a row, counted by both instances at once. */
async function rowOf(length: number): Promise<void> {
  const count = async (gateway: RunningGateway, times: number) => {
    const attempts = gateway.app.get(AttemptRepository, anywhere);
    const all = Array.from({ length: times }, () =>
      attempts.recordFailure({ email, epoch: 1 }, attempts.now()),
    );
    await Promise.all(all);
  };
  await Promise.all([count(one, length >> 1), count(other, length - (length >> 1))]);
}

/** Has a link made by `ask`, and sets the password by it. */
async function resetBy(ask: () => Promise<unknown>): Promise<string> {
  const creation = vi.spyOn(one.app.get(PasswordResetRepository, anywhere), 'creation');
  await ask();
  const id = creation.mock.calls.at(-1)?.[0].id ?? '';
  creation.mockRestore();
  const token = one.serviceToken('notifications');
  const link = await one.call('POST', `/internal/password-resets/${id}/link`, { token });
  const body = { token: String(link.json?.['link']).split('token=')[1], newPassword };
  expect((await one.post('/api/auth/password-reset/confirm', body)).status).toBe(204);
  return id;
}

describe('ten failures from one address', () => {
  it('are all that is compared, however many come at once to however many instances', async () => {
    const compared = [one, other].map(({ app }) => vi.spyOn(app.get(PasswordHasher, anywhere), 'matches'));
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        attempt({ password: `guess number ${at}`, gateway: at % 2 === 0 ? one : other }),
      ),
    );
    const calls = compared.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const spy of compared) spy.mockRestore();
    expect(calls).toBe(10);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(outcome(await attempt({ gateway: other }))).toBe('too_many_attempts');
  });

  it('are forgotten with the next right password, and those of a right one are none', async () => {
    await fail(9);
    expect(outcome(await attempt({ gateway: other }))).toBe(200);
    await fail(9);
    expect(outcome(await attempt())).toBe(200);
    for (let at = 0; at < 12; at += 1) expect(outcome(await attempt())).toBe(200);
  });

  it('count no attempt that was not compared', async () => {
    const hasher = one.app.get(PasswordHasher, anywhere);
    const busy = vi.spyOn(hasher, 'matches').mockRejectedValue(new Error('not now'));
    await fail(12);
    busy.mockRestore();
    expect(outcome(await attempt())).toBe(200);
  });

  it('are cleared by a password reset at once, on every instance', async () => {
    await fail(10);
    for (const gateway of [one, other]) expect(outcome(await attempt({ gateway }))).toBe('too_many_attempts');
    await resetBy(() => one.post('/api/auth/password-reset', { email }));
    for (const gateway of [other, one])
      expect(outcome(await attempt({ gateway, password: newPassword }))).toBe(200);
  });
});

describe('a browser that signed in before', () => {
  it('is not kept out by its neighbours, known ones or strangers', async () => {
    const [mine, neighbours] = [deviceOf(await attempt()), deviceOf(await attempt())];
    await fail(10);
    await fail(10, { cookie: neighbours });
    expect(outcome(await attempt())).toBe('too_many_attempts');
    expect(outcome(await attempt({ cookie: neighbours }))).toBe('too_many_attempts');
    expect(outcome(await attempt({ cookie: mine }))).toBe(200);
  });

  it('has ten failures wherever it goes, copies of its cookie among them', async () => {
    const cookie = deviceOf(await attempt());
    for (let at = 0; at < 10; at += 1)
      await fail(1, { cookie, from: `10.0.1.${at}`, gateway: at % 2 === 0 ? one : other });
    expect(outcome(await attempt({ cookie, from: '10.0.2.1' }))).toBe('too_many_attempts');
    expect(outcome(await attempt({ from: '10.0.2.1' }))).toBe(200);
  });
});

describe('a hundred failures in a row', () => {
  it('have the right password mailed a link, by which a new one is set, and refuse a wrong one as ever', async () => {
    const device = deviceOf(await attempt());
    await rowOf(99);
    await fail(1);
    const events: string[] = [];
    const relay = one.app.get(OutboxRelay, anywhere);
    const publish = vi.spyOn(relay, 'publish').mockImplementation((entry) => {
      // Records of what happened are published beside them.
      if (entry.topic !== auditTopic.name) events.push(...entry.events.map(({ value }) => value));
    });
    expect(outcome(await attempt({ password: 'not the password' }))).toBe('invalid_credentials');
    expect(events).toEqual([]);
    let refused: TestAnswer | undefined;
    const id = await resetBy(async () => {
      refused = await attempt({ from: '10.0.9.9' });
      expect(outcome(await attempt({ cookie: device, gateway: other }))).toBe('sign_in_link_required');
      expect(events).toEqual([expect.stringContaining('account-mail.requested')]);
    });
    publish.mockRestore();
    expect([refused?.status, refused?.json?.['code']]).toEqual([403, 'sign_in_link_required']);
    expect(refused?.json?.['detail']).toContain('set a new password');
    expect(events[0]).toContain(id);
    expect(events[0]).not.toContain(email);
    for (const gateway of [one, other])
      expect(outcome(await attempt({ gateway, password: newPassword }))).toBe(200);
  });

  it('begin again with each right password', async () => {
    await rowOf(99);
    expect(outcome(await attempt())).toBe(200);
    await rowOf(99);
    expect(outcome(await attempt({ gateway: other }))).toBe(200);
  });

  it('have no more than five mails sent in an hour', async () => {
    await rowOf(100);
    const creation = vi.spyOn(one.app.get(PasswordResetRepository, anywhere), 'creation');
    for (let at = 0; at < 7; at += 1) expect(outcome(await attempt())).toBe('sign_in_link_required');
    expect(creation).toHaveBeenCalledTimes(5);
    creation.mockRestore();
  });

  it('of a password that is changed count too, and its right one does not help any more', async () => {
    const { accessToken } = await one.signIn(email);
    await rowOf(100);
    const change = (currentPassword: string) =>
      one.post('/api/auth/password', { currentPassword, newPassword }, accessToken);
    expect(outcome(await change(goodPassword))).toBe('invalid_credentials');
  });

  it('leave sessions as they are', async () => {
    const session = await one.signIn(email);
    await rowOf(100);
    const { refreshToken } = session;
    await until(async () => (await other.post('/api/auth/refresh', { refreshToken })).status === 200, 1_000);
  });
});
