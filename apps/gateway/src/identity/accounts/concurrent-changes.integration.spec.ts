import { passwordResetTopic, sessionTopic } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { OutboxRelay } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { firstSequenceOfOldAccounts } from './user.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
let gateway: RunningGateway;
let second: RunningGateway;
let dynamo: Dynamo;
let stores: Dynamo[];
let transact: Dynamo['transact'];
let published: OutboxEntry[];

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });
  dynamo = gateway.app.get(Dynamo, anywhere);
  transact = dynamo.transact.bind(dynamo);
  second = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });
  stores = [dynamo, second.app.get(Dynamo, anywhere)];
  const relay = gateway.app.get(OutboxRelay, anywhere);
  const publish = relay.publish.bind(relay);
  vi.spyOn(relay, 'publish').mockImplementation((entry) => {
    published.push(entry);
    publish(entry);
  });
  published = [];
});
afterEach(() => {
  for (const each of stores) each.transact = transact;
});
afterAll(() => system.close());

/** Holds the next commits until `count` of them are decided, or `release` is called; those after them pass. */
function holdCommits(count: number) {
  const [all, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let arrived = 0;
  const held: Dynamo['transact'] = async (...args) => {
    arrived += 1;
    if (arrived > count) return transact(...args);
    if (arrived === count) all.resolve();
    await released.promise;
    return transact(...args);
  };
  for (const each of stores) each.transact = held;
  return { decided: all.promise, release: () => released.resolve() };
}

/** One instance makes the changes of an account one after the other; two do not know of each other. */
const changePassword = (token: string, newPassword: string, instance = gateway) =>
  instance.post('/api/auth/password', { currentPassword: goodPassword, newPassword }, token);

async function resetTokenOf(userId: string): Promise<string> {
  const spy = vi.spyOn(gateway.app.get(PasswordResetRepository, anywhere), 'creation');
  const users = gateway.app.get(Dynamo, anywhere);
  const { email } = (await users.get<{ email: string }>('users', { id: userId })) ?? { email: '' };
  await gateway.post('/api/auth/password-reset', { email });
  const id = spy.mock.calls.at(-1)?.[0].id ?? '';
  spy.mockRestore();
  const token = gateway.serviceToken('notifications');
  const link = await gateway.call('POST', `/internal/password-resets/${id}/link`, { token });
  return /token=(\S+)$/.exec(String(link.json?.['link']))?.[1] ?? '';
}

const eventsOf = (userId: string, topic: string) =>
  published.filter((entry) => entry.key === userId && entry.topic === topic);

describe('changes of one account at the same time', () => {
  it('let one of two passwords win; the other finds its current one wrong', async () => {
    const one = await gateway.register('race@registrar.example');
    const other = await gateway.signIn('race@registrar.example');
    const held = holdCommits(2);
    const both = [one, other].map(({ accessToken }, at) =>
      changePassword(accessToken, `another password ${at}`, at === 0 ? gateway : second),
    );
    await held.decided;
    held.release();
    const answers = await Promise.all(both);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect(answers.find(({ status }) => status === 401)?.json?.['code']).toBe('invalid_credentials');
    const won = answers.findIndex(({ status }) => status === 204);
    await gateway.signIn('race@registrar.example', `another password ${won}`);
  });

  it('do not hinder a reset that is confirmed meanwhile', async () => {
    const { user, accessToken } = await gateway.register('reset@registrar.example');
    const token = await resetTokenOf(user.id);
    const held = holdCommits(1);
    const confirmed = gateway.post('/api/auth/password-reset/confirm', {
      token,
      newPassword: 'set by the link in a mail',
    });
    await held.decided;
    const by = (await gateway.signIn(admin.email, admin.password)).accessToken;
    const roles = { roles: ['student', 'instructor'] };
    expect(
      (await gateway.call('PUT', `/api/users/${user.id}/roles`, { token: by, body: roles })).status,
    ).toBe(200);
    held.release();
    expect((await confirmed).status).toBe(204);
    expect((await gateway.get('/api/auth/me', accessToken)).status).toBe(401);
    await gateway.signIn('reset@registrar.example', 'set by the link in a mail');
  });

  it('end with 401 for a change by a session that has ended meanwhile', async () => {
    const { accessToken } = await gateway.register('over@registrar.example');
    const held = holdCommits(1);
    const change = changePassword(accessToken, 'too late for this one');
    await held.decided;
    expect((await gateway.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
    held.release();
    expect(await change).toMatchObject({ status: 401, json: { code: 'unauthorized' } });
    await gateway.signIn('over@registrar.example');
  });

  it('are all made where roles, a logout and a password change meet', async () => {
    const one = await gateway.register('busy@registrar.example');
    const other = await gateway.signIn('busy@registrar.example');
    const by = (await gateway.signIn(admin.email, admin.password)).accessToken;
    const held = holdCommits(3);
    const body = { roles: ['student', 'registrar'] };
    const all = [
      gateway.call('PUT', `/api/users/${one.user.id}/roles`, { token: by, body }),
      gateway.post('/api/auth/logout', undefined, other.accessToken),
      changePassword(one.accessToken, 'a password of a busy day'),
    ];
    await held.decided;
    held.release();
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 204, 204]);
    const session = await gateway.signIn('busy@registrar.example', 'a password of a busy day');
    expect(session.user.roles).toEqual(body.roles);
    const numbers = eventsOf(one.user.id, sessionTopic.name).map(({ sequence }) => sequence);
    expect(numbers).toHaveLength(3);
    expect(new Set(numbers).size).toBe(3);
  });
});

describe('events of an account that have no version', () => {
  it('are numbered in the order of their commits, though one was decided before and committed later', async () => {
    const { user } = await gateway.register('order@registrar.example');
    const held = holdCommits(1);
    const first = gateway.post('/api/auth/password-reset', { email: user.email });
    await held.decided;
    await gateway.post('/api/auth/password-reset', { email: user.email });
    await until(() => Promise.resolve(eventsOf(user.id, passwordResetTopic.name).length === 1));
    held.release();
    await first;
    await until(() => Promise.resolve(eventsOf(user.id, passwordResetTopic.name).length === 2));
    const numbers = eventsOf(user.id, passwordResetTopic.name).map(({ sequence }) => sequence);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(2);
  });

  it('of an account from before there was a number begin beyond those of the clock', async () => {
    const { user, accessToken } = await gateway.register('old@registrar.example');
    const key = { TableName: dynamo.tables.name('users'), Key: { id: user.id } };
    await dynamo.update({ ...key, UpdateExpression: 'REMOVE event_sequence' });
    expect((await gateway.post('/api/auth/logout', undefined, accessToken)).status).toBe(204);
    await gateway.post('/api/auth/password-reset', { email: user.email });
    const [logout] = eventsOf(user.id, sessionTopic.name);
    const [reset] = eventsOf(user.id, passwordResetTopic.name);
    expect([logout?.sequence, reset?.sequence]).toEqual([
      firstSequenceOfOldAccounts + 1,
      firstSequenceOfOldAccounts + 2,
    ]);
    expect(firstSequenceOfOldAccounts).toBeGreaterThan(Date.parse('2200-01-01') * 1_000);
    expect(Number.isSafeInteger(firstSequenceOfOldAccounts + 1_000_000)).toBe(true);
  });
});
