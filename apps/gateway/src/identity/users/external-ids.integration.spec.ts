import { userUpdated } from '@registrar/contracts-gateway';
import type { Session } from '@registrar/contracts-gateway';
import { OutboxRelay } from '@registrar/messaging';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' };
let gateway: RunningGateway;
let second: RunningGateway;
let root: string;
let count = 0;
let one: Session;
let other: Session;
/** What was published of users. */
const published: unknown[] = [];

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start(unlimited);
  second = await system.start(unlimited);
  await Promise.all([gateway.ready(), second.ready()]);
  root = (await gateway.signIn(admin.email, admin.password)).accessToken;
  const relay = gateway.app.get(OutboxRelay, { strict: false });
  const publish = relay.publish.bind(relay);
  vi.spyOn(relay, 'publish').mockImplementation((entry) => {
    if (entry.topic === userUpdated.topic)
      published.push(...entry.events.map(({ value }): unknown => JSON.parse(value)));
    publish(entry);
  });
});
afterAll(() => system.close());

beforeEach(async () => {
  count += 1;
  one = await gateway.register(`one.${count}@registrar.example`);
  other = await gateway.register(`other.${count}@registrar.example`);
  published.length = 0;
});

const patch = (id: string, body: unknown, token = root, instance = gateway) =>
  instance.call('PATCH', `/api/users/${id}`, { token, body });

const found = async (externalId: string) => {
  const path = `/api/users?externalId=${encodeURIComponent(externalId)}`;
  return (await gateway.get(path, root)).json;
};

describe('the external id of a user', () => {
  it('is none at first, can be set and removed by an admin, and is in every answer', async () => {
    expect(one.user.externalId).toBeNull();
    const { user, accessToken } = one;
    expect((await gateway.get('/api/auth/me', accessToken)).json).toEqual(user);
    const named = { ...user, externalId: `Jørgen 4/2-${count}`, name: 'Robin Doe' };
    const set = await patch(user.id, { externalId: named.externalId, name: ' Robin Doe ' });
    expect([set.status, set.json]).toEqual([200, named]);
    for (const path of ['/api/auth/me', `/api/users/${user.id}`])
      expect((await gateway.get(path, path.endsWith('me') ? accessToken : root)).json).toEqual(named);
    expect((await gateway.signIn(user.email)).user).toEqual(named);
    expect(await found(named.externalId)).toEqual({ items: [named], nextCursor: null });
    expect((await gateway.get(`/api/users?email=${user.email}`, root)).json?.['items']).toEqual([named]);
    const everybody = (await gateway.get('/api/users?limit=100', root)).json?.['items'];
    expect(everybody).toEqual(expect.arrayContaining([named, other.user]));
    expect((await patch(user.id, { externalId: null })).json).toEqual({ ...named, externalId: null });
    expect(await found(named.externalId)).toEqual({ items: [], nextCursor: null });
    expect(published).toMatchObject([
      { type: userUpdated.type, data: { user: { ...named, version: 2 } } },
      { type: userUpdated.type, data: { user: { ...named, externalId: null, version: 3 } } },
    ]);
  });

  it('set again as it is, is no change', async () => {
    const body = { externalId: `same-${count}`, name: one.user.name };
    for (let times = 0; times < 3; times += 1)
      expect((await patch(one.user.id, body)).json).toEqual({ ...one.user, ...body });
    expect(published).toHaveLength(1);
  });

  it("is one user's only, compared exactly, and free again when it was removed or changed", async () => {
    const externalId = `Taken-${count}`;
    await patch(one.user.id, { externalId });
    const taken = await patch(other.user.id, { externalId, name: 'Not Changed' });
    expect([taken.status, taken.json?.['code']]).toEqual([409, 'external_id_taken']);
    expect((await gateway.get(`/api/users/${other.user.id}`, root)).json).toEqual(other.user);
    expect((await patch(other.user.id, { externalId: externalId.toUpperCase() })).status).toBe(200);
    expect((await patch(one.user.id, { externalId: `moved-${count}` })).status).toBe(200);
    expect((await patch(other.user.id, { externalId })).status).toBe(200);
    expect((await patch(one.user.id, { externalId: externalId.toUpperCase() })).status).toBe(200);
    expect(await found(externalId)).toMatchObject({ items: [{ id: other.user.id }] });
  });

  it('goes to one of those who are given it at the same moment, on any instance', async () => {
    const externalId = `race-${count}`;
    const answers = await Promise.all([
      patch(one.user.id, { externalId }),
      patch(one.user.id, { externalId }, root, second),
      patch(other.user.id, { externalId }),
      patch(other.user.id, { externalId }, root, second),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.slice(0, 2)).toEqual([statuses[0], statuses[0]]);
    expect(statuses.slice(2)).toEqual([statuses[2], statuses[2]]);
    expect([statuses[0], statuses[2]].sort()).toEqual([200, 409]);
    expect(await found(externalId)).toMatchObject({
      items: [{ id: statuses[0] === 200 ? one.user.id : other.user.id }],
    });
  });

  it('survives a change of roles', async () => {
    const externalId = `roles-${count}`;
    await patch(one.user.id, { externalId });
    const body = { roles: ['student', 'instructor'] };
    await gateway.call('PUT', `/api/users/${one.user.id}/roles`, { token: root, body });
    expect(await found(externalId)).toMatchObject({ items: [{ ...one.user, externalId, ...body }] });
    expect(published.at(-1)).toMatchObject({ data: { user: { externalId, ...body, version: 3 } } });
  });

  it('shows in the own profile on every instance, and tokens go on working', async () => {
    const me = async (instance: RunningGateway) =>
      (await instance.get('/api/auth/me', one.accessToken)).json?.['externalId'];
    expect([await me(gateway), await me(second)]).toEqual([null, null]);
    const externalId = `me-${count}`;
    await patch(one.user.id, { externalId });
    expect(await me(gateway)).toBe(externalId);
    await until(async () => (await me(second)) === externalId, 5_000);
  });
});

describe('changing a user', () => {
  it('is for admins, of users that there are', async () => {
    const body = { name: 'New Name' };
    const staff = await gateway.call('PUT', `/api/users/${other.user.id}/roles`, {
      token: root,
      body: { roles: ['registrar'] },
    });
    expect(staff.status).toBe(200);
    const registrar = (await gateway.signIn(other.user.email)).accessToken;
    for (const token of [one.accessToken, registrar])
      expect(await patch(one.user.id, body, token)).toMatchObject({
        status: 403,
        json: { code: 'forbidden' },
      });
    expect((await gateway.call('PATCH', `/api/users/${one.user.id}`, { body })).status).toBe(401);
    expect(await patch('usr_none', body)).toMatchObject({ status: 404, json: { code: 'user_not_found' } });
  });

  it.each([
    [{}],
    [{ externalId: '' }],
    [{ externalId: ' 42' }],
    [{ externalId: 'x'.repeat(65) }],
    [{ externalId: 42 }],
    [{ name: ' ' }],
    [{ name: null }],
    [{ externalId: 'x', email: 'x@registrar.example' }],
    [{ externalId: 'x', roles: ['admin'] }],
  ])('refuses %j', async (body) => {
    expect(await patch(one.user.id, body)).toMatchObject({
      status: 422,
      json: { code: 'validation_failed' },
    });
  });

  it('is asked for by email or by external id, not by both', async () => {
    const path = `/api/users?externalId=x&email=${one.user.email}`;
    expect((await gateway.get(path, root)).status).toBe(422);
    expect((await gateway.get('/api/users?externalId=x', one.accessToken)).status).toBe(403);
    const token = gateway.serviceToken('enrollments');
    for (const query of ['', '?externalId=x&email=a@registrar.example'])
      expect((await gateway.get(`/internal/users${query}`, token)).status).toBe(422);
  });
});
