import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let dynamo: Dynamo;
let root: string;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' });
  await gateway.ready();
  dynamo = gateway.app.get(Dynamo, { strict: false });
  root = (await gateway.signIn(admin.email, admin.password)).accessToken;
});
afterAll(() => system.close());

const erase = (id: string, token = root) => gateway.post(`/api/users/${id}/erasure`, undefined, token);
const report = (id: string, service: string, as = service) => {
  const path = `/internal/erasures/${id}/services/${service}`;
  return gateway.call('POST', path, { token: gateway.serviceToken(as) });
};
const erasure = async (id: string) => (await gateway.get(`/api/erasures/${id}`, root)).json;

describe('the erasure of a user', () => {
  it('leaves id and status, and nobody signs in, is found or refreshes by it', async () => {
    const email = 'gone@registrar.example';
    const { user, accessToken, refreshToken } = await gateway.register(email);
    const externalId = 'gone-1';
    await gateway.call('PATCH', `/api/users/${user.id}`, { token: root, body: { externalId } });
    const begun = await erase(user.id);
    expect([begun.status, begun.json]).toEqual([202, { id: expect.stringMatching(/^era_/) as string }]);
    const left = { email: null, name: null, givenName: null, familyName: null, externalId: null };
    expect((await gateway.get(`/api/users/${user.id}`, root)).json).toMatchObject({
      id: user.id,
      status: 'erased',
      roles: [],
      ...left,
    });
    expect((await gateway.post('/api/auth/login', { email, password: goodPassword })).status).toBe(401);
    expect((await gateway.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await gateway.get('/api/auth/me', accessToken)).status).toBe(401);
    const token = gateway.serviceToken('notifications');
    expect((await gateway.get(`/internal/users/${user.id}`, token)).status).toBe(404);
    for (const query of [`email=${email}`, `externalId=${externalId}`])
      expect((await gateway.get(`/api/users?${query}`, root)).json).toMatchObject({ items: [] });
    const item = await dynamo.get('users', { id: user.id });
    expect(Object.keys(item ?? {}).sort()).toEqual([
      'created_at',
      'erasure_id',
      'event_sequence',
      'id',
      'session_epoch',
      'status',
      'token_version',
      'version',
    ]);
    expect((await gateway.register(email)).user.id).not.toBe(user.id);
  });

  it('is the same one when it is asked for again', async () => {
    const { user } = await gateway.register('twice@registrar.example');
    const [one, other] = [await erase(user.id), await erase(user.id)];
    expect([other.status, other.json]).toEqual([202, one.json]);
  });

  it('keeps its answer for its key, and no other erasure may have it', async () => {
    const users = await Promise.all(
      ['k1', 'k2'].map((name) => gateway.register(`${name}@registrar.example`)),
    );
    const keyed = (at: number) =>
      gateway.call('POST', `/api/users/${users[at]?.user.id ?? ''}/erasure`, {
        token: root,
        headers: { 'idempotency-key': 'erasure-1' },
      });
    const [one, again, other] = [await keyed(0), await keyed(0), await keyed(1)];
    expect([again.status, again.json, again.headers['idempotency-replayed']]).toEqual([
      202,
      one.json,
      'true',
    ]);
    expect(one.headers['idempotency-replayed']).toBeUndefined();
    expect(other.json).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect((await gateway.get(`/api/users/${users[1]?.user.id ?? ''}`, root)).json).toMatchObject({
      status: 'active',
    });
  });

  it('is done when every service has answered, and an answer that comes twice changes nothing', async () => {
    const { user } = await gateway.register('services@registrar.example');
    await gateway.post('/api/auth/login', { email: 'services@registrar.example', password: 'not this one' });
    const id = String((await erase(user.id)).json?.['id']);
    expect(await erasure(id)).toMatchObject({ userId: user.id, status: 'running' });
    for (const service of ['courses', 'enrollments', 'notifications', 'courses'])
      expect((await report(id, service)).status).toBe(204);
    await until(async () => (await erasure(id))?.['status'] === 'done', 20_000);
    expect(await erasure(id)).toMatchObject({
      services: ['gateway', 'courses', 'enrollments', 'notifications'].map((name) => ({
        name,
        state: 'done',
      })),
    });
    const kept = await dynamo.get('erasures', { id });
    expect(Object.keys(kept ?? {})).not.toContain('email_digest');
    const { items } = await dynamo.query({
      TableName: dynamo.tables.name('sessions'),
      IndexName: 'SessionsByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': user.id },
    });
    expect(items).toEqual([]);
  });

  it('takes an answer to an erasure that is not kept any more', async () => {
    expect((await report('era_unknownunknownunkno', 'courses')).status).toBe(204);
    expect((await report('era_unknownunknownunkno', 'portal', 'courses')).status).toBe(404);
  });

  it('is for admins, of users that there are, and not of the last admin', async () => {
    const { user, accessToken } = await gateway.register('student@registrar.example');
    expect((await erase(user.id, accessToken)).status).toBe(403);
    expect((await erase('usr_unknownunknownunkno')).json).toMatchObject({ code: 'user_not_found' });
    expect((await gateway.get('/api/erasures/era_unknown', root)).json).toMatchObject({
      code: 'erasure_not_found',
    });
    const own = String((await gateway.get('/api/auth/me', root)).json?.['id']);
    expect((await erase(own)).json).toMatchObject({ status: 409, code: 'last_admin' });
    const path = `/api/users/${user.id}/roles`;
    await gateway.call('PUT', path, { token: root, body: { roles: ['admin'] } });
    const other = await gateway.signIn('student@registrar.example');
    expect((await erase(own, other.accessToken)).status).toBe(202);
  });
});
