import type { Session } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordHasher } from '../passwords/password-hasher.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' };
let one: RunningGateway;
let other: RunningGateway;
let root: Session;
let count = 0;
let student: Session;

beforeAll(async () => {
  [one, other] = await system.startTwo(unlimited);
  root = await one.signIn(admin.email, admin.password);
});
afterAll(() => system.close());
beforeEach(async () => {
  count += 1;
  student = await one.register(`student.${count}@registrar.example`);
});

const suspend = (id: string, token = root.accessToken, gateway = one, reason: unknown = 'A lost card.') =>
  gateway.call('POST', `/api/users/${id}/suspend`, { token, body: { reason } });
const restore = (id: string, token = root.accessToken) =>
  one.call('POST', `/api/users/${id}/restore`, { token });
const setRoles = (id: string, roles: string[], token = root.accessToken, gateway = one) =>
  gateway.call('PUT', `/api/users/${id}/roles`, { token, body: { roles } });
const login = (email: string, password = goodPassword, gateway = one) =>
  gateway.post('/api/auth/login', { email, password });

/** Another admin, signed in. */
async function newAdmin(name: string): Promise<Session> {
  const { user } = await one.register(`${name}.${count}@registrar.example`);
  expect((await setRoles(user.id, ['admin'])).status).toBe(200);
  return one.signIn(user.email);
}

describe('a suspended account', () => {
  it('loses its sessions on every instance within a second, and does not sign in', async () => {
    const { user, accessToken, refreshToken } = student;
    const answer = await suspend(user.id);
    expect([answer.status, answer.json]).toEqual([200, { ...user, status: 'suspended' }]);
    expect((await one.get('/api/auth/me', accessToken)).status).toBe(401);
    await until(async () => (await other.get('/api/auth/me', accessToken)).status === 401, 1_000);
    const refreshed = await other.post('/api/auth/refresh', { refreshToken });
    expect([refreshed.status, refreshed.json?.['code']]).toEqual([401, 'invalid_refresh_token']);
    const right = await login(user.email, goodPassword, other);
    expect([right.status, right.json?.['code']]).toEqual([403, 'account_suspended']);
    const wrong = await login(user.email, 'not the password', other);
    expect([wrong.status, wrong.json?.['code']]).toEqual([401, 'invalid_credentials']);
    const web = await one.call('POST', '/api/auth/web/login', {
      body: { email: user.email, password: goodPassword },
      headers: { 'x-registrar-web': '1', 'sec-fetch-site': 'same-origin' },
    });
    expect([web.status, web.json?.['code'], web.headers['set-cookie']]).toEqual([
      403,
      'account_suspended',
      undefined,
    ]);
  });

  it('stays as it is when it is suspended again, and comes back without its sessions', async () => {
    const { user, refreshToken } = student;
    await suspend(user.id);
    const again = await suspend(user.id, root.accessToken, other, 'Another reason.');
    expect([again.status, again.json]).toEqual([200, { ...user, status: 'suspended' }]);
    const item = await one.app.get(Dynamo, { strict: false }).get('users', { id: user.id });
    expect(item).toMatchObject({ suspension_reason: 'A lost card.', version: 2 });
    for (let times = 0; times < 2; times += 1)
      expect([(await restore(user.id)).status, (await restore(user.id)).json]).toEqual([200, user]);
    expect((await one.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await login(user.email)).status).toBe(200);
  });

  it('gets no mail to set a password by, and a link from before is over', async () => {
    const { user } = student;
    await suspend(user.id);
    const before = (await sequenceOf(user.id)) ?? 0;
    const answer = await one.post('/api/auth/password-reset', { email: user.email });
    expect([answer.status, await sequenceOf(user.id)]).toEqual([202, before]);
    await restore(user.id);
    await one.post('/api/auth/password-reset', { email: user.email });
    await until(async () => ((await sequenceOf(user.id)) ?? 0) > before);
  });

  it('costs the work of any other where the password is wrong', async () => {
    await suspend(student.user.id);
    const compared = vi.spyOn(one.app.get(PasswordHasher, { strict: false }), 'matches');
    const answers = [
      await login(student.user.email, 'not the password'),
      await login('nobody@registrar.example', 'not the password'),
    ];
    expect(answers.map(({ status, json }) => [status, json?.['code']])).toEqual([
      [401, 'invalid_credentials'],
      [401, 'invalid_credentials'],
    ]);
    expect(compared).toHaveBeenCalledTimes(2);
  });

  it.each([[{}], [{ reason: '' }], [{ reason: 'x'.repeat(501) }], [{ reason: 'x', until: 'y' }]])(
    'is not made by %j',
    async (body) => {
      const path = `/api/users/${student.user.id}/suspend`;
      expect((await one.call('POST', path, { token: root.accessToken, body })).status).toBe(422);
    },
  );

  it('is made and restored by admins, of users that there are', async () => {
    const { accessToken, user } = student;
    expect((await suspend(user.id, accessToken)).status).toBe(403);
    expect((await restore(user.id, accessToken)).status).toBe(403);
    for (const answer of [await suspend('usr_none'), await restore('usr_none')])
      expect([answer.status, answer.json?.['code']]).toEqual([404, 'user_not_found']);
  });
});

async function sequenceOf(id: string): Promise<number | undefined> {
  const item = await one.app.get(Dynamo, { strict: false }).get<{ event_sequence: number }>('users', { id });
  return item?.event_sequence;
}

describe('the last active admin', () => {
  it('is not suspended or demoted, also where another admin is suspended', async () => {
    for (const answer of [await suspend(root.user.id), await setRoles(root.user.id, ['student'])])
      expect([answer.status, answer.json?.['code']]).toEqual([409, 'last_admin']);
    const second = await newAdmin('second');
    const own = await setRoles(root.user.id, ['student']);
    expect([own.status, own.json?.['code']]).toEqual([409, 'own_admin_role']);
    expect((await suspend(second.user.id)).status).toBe(200);
    expect((await suspend(root.user.id)).json?.['code']).toBe('last_admin');
    await restore(second.user.id);
    expect((await setRoles(second.user.id, ['student'])).status).toBe(200);
    expect((await suspend(root.user.id)).json?.['code']).toBe('last_admin');
  });

  it('is there where admins suspend and demote one another at the same moment, on any instance', async () => {
    const admins = [root, await newAdmin('a'), await newAdmin('b'), await newAdmin('c')];
    const answers = await Promise.all(
      admins.flatMap(({ user }, at) => {
        const by = admins[(at + 1) % admins.length]?.accessToken ?? '';
        return [
          suspend(user.id, by, at % 2 ? one : other),
          setRoles(user.id, ['student'], by, at % 2 ? other : one),
        ];
      }),
    );
    // An admin who was stopped lost the token meanwhile, or met the rule.
    for (const { status } of answers) expect([200, 401, 409]).toContain(status);
    const items = await one.app
      .get(Dynamo, { strict: false })
      .getAll<{ id: string; status: string; roles: string[] }>(
        'users',
        admins.map(({ user }) => ({ id: user.id })),
      );
    const active = items.filter(({ status, roles }) => status === 'active' && roles.includes('admin'));
    expect(active.length).toBeGreaterThanOrEqual(1);
    const [{ id } = { id: '' }] = active;
    const last = admins.find(({ user }) => user.id === id);
    const left = await one.signIn(
      last?.user.email ?? '',
      id === root.user.id ? admin.password : goodPassword,
    );
    for (const { user } of admins)
      if (user.id !== id) {
        await restore(user.id, left.accessToken);
        expect((await setRoles(user.id, ['admin'], left.accessToken)).status).toBe(200);
      }
    root = await one.signIn(admin.email, admin.password);
  });

  it('is found among accounts from before there was a record of admins', async () => {
    const dynamo = one.app.get(Dynamo, { strict: false });
    await dynamo.delete({ TableName: dynamo.tables.name('admins'), Key: { id: 'active' } });
    const others = await one.get('/api/users?role=admin&limit=100', root.accessToken);
    const { items } = others.json as { items: { id: string }[] };
    for (const { id } of items) if (id !== root.user.id) await setRoles(id, ['student']);
    expect((await suspend(root.user.id)).json?.['code']).toBe('last_admin');
  });
});
