import { ServiceTokens } from '@registrar/auth';
import { passwordResetTopic, sessionTopic, userTopic } from '@registrar/contracts-gateway';
import { createKafka, readTopic } from '@registrar/messaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { median } from '../../testing/median.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let serviceToken: string;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });
  serviceToken = gateway.serviceToken('notifications');
});
afterAll(() => system.close());

interface Event {
  type: string;
  data: Record<string, unknown>;
}

/** Each look reads the whole topic, which may take seconds. */
const readsOfTopicMs = 20_000;

async function eventsOn(topic: string): Promise<Event[]> {
  const brokers = (system.env['KAFKA_BROKERS'] ?? '').split(',');
  const kafka = createKafka({ brokers, clientId: 'test' });
  const events: Event[] = [];
  await readTopic(kafka, system.prefix + topic, ({ value }) => {
    events.push(JSON.parse(String(value)) as Event);
    return Promise.resolve();
  });
  return events;
}

async function resetIdsOf(userId: string, count: number): Promise<string[]> {
  let ids: string[] = [];
  await until(async () => {
    const events = await eventsOn(passwordResetTopic.name);
    ids = events.filter(({ data }) => data['userId'] === userId).map(({ data }) => String(data['resetId']));
    return ids.length >= count;
  }, readsOfTopicMs);
  return ids;
}

async function resetIdOf(userId: string): Promise<string> {
  return (await resetIdsOf(userId, 1)).at(-1) ?? '';
}

/** The token of a mail's link. */
async function tokenOf(resetId: string): Promise<string> {
  return (
    String((await link(resetId)).json?.['link'])
      .split('?token=')
      .at(-1) ?? ''
  );
}

function link(id: string): ReturnType<RunningGateway['call']> {
  return gateway.call('POST', `/internal/password-resets/${id}/link`, { token: serviceToken });
}

describe('a password reset', () => {
  it('goes by an event without a secret and a link that works once, and ends all sessions', async () => {
    const session = await gateway.register('xena@registrar.example');
    expect((await gateway.post('/api/auth/password-reset', { email: 'XENA@registrar.example' })).status).toBe(
      202,
    );
    const id = await resetIdOf(session.user.id);
    const first = await link(id);
    expect(first.json).toMatchObject({ email: 'xena@registrar.example', name: 'Test Student' });
    expect((await link(id)).json).toEqual(first.json);
    // In the fragment, which no server sees.
    const token = /^[^?#]+#\?token=(\S+)$/.exec(String(first.json?.['link']))?.[1] ?? '';
    expect(JSON.stringify(await eventsOn(passwordResetTopic.name))).not.toContain(token.split('.')[1]);

    const confirm = (newPassword: string) =>
      gateway.post('/api/auth/password-reset/confirm', { token, newPassword });
    expect((await confirm('short')).status).toBe(422);
    const duplicates = await Promise.all([confirm('a whole new password'), confirm('a whole new password')]);
    expect(duplicates.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect(duplicates.find(({ status }) => status === 400)?.json?.['code']).toBe('invalid_reset_token');
    expect((await link(id)).status).toBe(404);
    expect((await gateway.get('/api/auth/me', session.accessToken)).status).toBe(401);
    expect((await gateway.post('/api/auth/refresh', { refreshToken: session.refreshToken })).status).toBe(
      401,
    );
    expect(
      (await gateway.post('/api/auth/login', { email: 'xena@registrar.example', password: goodPassword }))
        .status,
    ).toBe(401);
    await gateway.signIn('xena@registrar.example', 'a whole new password');
  });

  it('ends with whatever else changes the password: a newer link that is used, or the change itself', async () => {
    const email = 'yuri@registrar.example';
    const { user } = await gateway.register(email);
    const ask = () => gateway.post('/api/auth/password-reset', { email });
    const codeOf = async (token: string) => {
      const body = { token, newPassword: 'a whole new password' };
      const { status, json } = await gateway.post('/api/auth/password-reset/confirm', body);
      return json?.['code'] ?? status;
    };
    await ask();
    await ask();
    const [first = '', second = ''] = await resetIdsOf(user.id, 2);
    const tokens = [await tokenOf(first), await tokenOf(second)] as const;
    expect(await codeOf(tokens[1])).toBe(204);
    expect(await codeOf(tokens[0])).toBe('invalid_reset_token');
    expect((await link(first)).status).toBe(404);

    await ask();
    const third = (await resetIdsOf(user.id, 3)).find((id) => id !== first && id !== second) ?? '';
    const outstanding = await tokenOf(third);
    const { accessToken } = await gateway.signIn(email, 'a whole new password');
    const change = { currentPassword: 'a whole new password', newPassword: 'yet another password' };
    expect((await gateway.post('/api/auth/password', change, accessToken)).status).toBe(204);
    expect(await codeOf(outstanding)).toBe('invalid_reset_token');
    await gateway.signIn(email, 'yet another password');
  });

  it('does not tell whether there is an account, by its answer or by its time', async () => {
    const times = { yan: [] as number[], nobody: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      // Somebody else each time: an account gets only so many mails an hour.
      await gateway.register(`yan${round}@registrar.example`);
      for (const who of ['yan', 'nobody'] as const) {
        const begin = performance.now();
        const email = `${who}${round}@registrar.example`;
        const answer = await gateway.post('/api/auth/password-reset', { email });
        times[who].push(performance.now() - begin);
        expect([answer.status, answer.text]).toEqual([202, '']);
      }
    }
    expect(Math.abs(median(times.yan) - median(times.nobody))).toBeLessThan(50);
  });

  it.each(['', 'nonsense', `rst_${'a'.repeat(20)}.${'b'.repeat(43)}`])(
    'is not confirmed by %j',
    async (token) => {
      const answer = await gateway.post('/api/auth/password-reset/confirm', {
        token,
        newPassword: 'a whole new password',
      });
      expect(answer.status).toBe(token === '' ? 422 : 400);
    },
  );
});

describe('internal routes', () => {
  it('give services what they ask for by their own tokens, and by no token for another service', async () => {
    const { user } = await gateway.register('zoe@registrar.example');
    const path = `/internal/users/${user.id}`;
    expect((await gateway.get(path, serviceToken)).json).toEqual({ ...user, version: 1 });
    const byEmail = (email: string) => gateway.get(`/internal/users?email=${email}`, serviceToken);
    expect((await byEmail('ZOE@registrar.example')).json).toEqual({ ...user, version: 1 });
    expect((await byEmail('nobody@registrar.example')).json?.['code']).toBe('user_not_found');
    const foreign = gateway.app.get(ServiceTokens, { strict: false }).for('courses');
    expect((await gateway.get(path, foreign)).status).toBe(404);
    expect((await gateway.get('/internal/users/usr_none', serviceToken)).json?.['code']).toBe(
      'user_not_found',
    );
  });
});

describe('events', () => {
  it('tell of users and ended sessions, without a secret', async () => {
    const session = await gateway.register('abel@registrar.example');
    await gateway.post('/api/auth/logout', undefined, session.accessToken);
    await until(
      async () => (await eventsOn(sessionTopic.name)).some(({ data }) => data['userId'] === session.user.id),
      readsOfTopicMs,
    );
    const users = await eventsOn(userTopic.name);
    expect(users.find(({ data }) => (data['user'] as { id: string }).id === session.user.id)).toMatchObject({
      type: 'registrar.gateway.user.registered',
      data: { user: { ...session.user, version: 1 }, actorId: session.user.id },
    });
    const everything = JSON.stringify([users, await eventsOn(sessionTopic.name)]);
    expect(everything).not.toMatch(/argon2|token|correct horse/i);
  });
});
