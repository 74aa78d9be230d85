import type { ApiClient, ClientSecret } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClient, tokenOf } from '../../testing/api-clients.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway, TestAnswer } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let second: RunningGateway;
let token: string;

beforeAll(async () => {
  [gateway, second] = await system.startTwo({ RATE_LIMIT_USER_PER_SECOND: '0' });
  await Promise.all([gateway.ready(), second.ready()]);
  token = (await gateway.signIn(admin.email, admin.password)).accessToken;
});
afterAll(() => system.close());

const create = async (body: object, headers: Record<string, string> = {}, instance = gateway) =>
  asClient(await instance.call('POST', '/api/clients', { token, body, headers }));
const asClient = (answer: TestAnswer) => ({ ...answer, body: answer.json as unknown as ApiClient });
const one = async (id: string) => asClient(await gateway.get(`/api/clients/${id}`, token));
const addSecret = async (id: string, headers: Record<string, string> = {}, instance = gateway) => {
  const answer = await instance.call('POST', `/api/clients/${id}/secrets`, { token, headers });
  return { ...answer, body: answer.json as unknown as ClientSecret };
};
const users = (bearer: string, instance = gateway) => instance.get('/api/users', bearer);

describe('an API client', () => {
  it('is made, shown, changed and deleted by an admin', async () => {
    const asked = { name: ' Learning platform ', scopes: ['users.read', 'enrollments.read'] };
    const made = await create(asked);
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/api/clients/${made.body.id}` },
      body: {
        id: expect.stringMatching(/^client_[a-z2-7]{20}$/) as string,
        name: 'Learning platform',
        scopes: ['enrollments.read', 'users.read'],
        createdAt: expect.stringMatching(/Z$/) as string,
        lastUsedAt: null,
        secrets: [],
      },
    });
    const { id } = made.body;
    expect((await one(id)).body).toEqual(made.body);
    const path = `/api/clients/${id}`;
    const changed = await gateway.call('PATCH', path, { token, body: { name: 'LMS', scopes: [] } });
    expect([changed.status, changed.json]).toEqual([200, { ...made.body, name: 'LMS', scopes: [] }]);
    expect((await gateway.call('DELETE', path, { token })).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await gateway.call(method, path, { token })).json).toMatchObject({
        status: 404,
        code: 'client_not_found',
      });
  });

  it('is listed newest first, page by page', async () => {
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1)
      made.unshift((await create({ name: `Client ${at}`, scopes: [] })).body.id);
    const found: string[] = [];
    let cursor = '';
    do {
      const page = await gateway.get(`/api/clients?limit=2${cursor && `&cursor=${cursor}`}`, token);
      const { items, nextCursor } = page.json as { items: ApiClient[]; nextCursor: string | null };
      expect(items.length).toBeLessThanOrEqual(2);
      found.push(...items.map(({ id }) => id));
      cursor = nextCursor ?? '';
    } while (cursor !== '' && found.length < 50);
    expect(found.slice(0, 5)).toEqual(made);
    expect(new Set(found).size).toBe(found.length);
    expect((await gateway.get('/api/clients?cursor=x', token)).json).toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it.each([
    {},
    { name: 'x' },
    { name: ' ', scopes: [] },
    { name: 'a\nb', scopes: [] },
    { name: 'x', scopes: ['everything'] },
    { name: 'x', scopes: ['users.read', 'users.read'] },
    { name: 'x', scopes: [], roles: ['admin'] },
  ])('is not made of %j', async (body) => {
    expect((await create(body)).json).toMatchObject({ status: 422, code: 'validation_failed' });
  });

  it('is nothing for registrars, students and clients', async () => {
    const student = await gateway.register('no.admin@registrar.example');
    const client = await makeClient(gateway, token, ['users.read', 'users.write']);
    for (const [bearer, code] of [
      [student.accessToken, 'forbidden'],
      [await tokenOf(gateway, client), 'insufficient_scope'],
    ] as const)
      for (const [method, path] of [
        ['GET', '/api/clients'],
        ['POST', '/api/clients'],
        ['GET', `/api/clients/${client.id}`],
        ['PATCH', `/api/clients/${client.id}`],
        ['DELETE', `/api/clients/${client.id}`],
        ['POST', `/api/clients/${client.id}/secrets`],
        ['DELETE', `/api/clients/${client.id}/secrets/x`],
      ] as const)
        expect((await gateway.call(method, path, { token: bearer })).json).toMatchObject({
          status: 403,
          code,
        });
  });

  it('is made once by one Idempotency-Key, on every instance', async () => {
    const [body, key] = [{ name: 'Once', scopes: [] }, { 'idempotency-key': 'client-once' }];
    const first = await create(body, key);
    expect([first.status, first.headers['idempotency-replayed']]).toEqual([201, undefined]);
    for (const instance of [gateway, second]) {
      const again = await create(body, key, instance);
      expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
        201,
        first.body,
        'true',
      ]);
    }
    const other = await create({ ...body, name: 'Other' }, key);
    expect(other.json).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });
});

describe('the secrets of an API client', () => {
  it('are two at most, shown once, and none of them is stored', async () => {
    const { id } = (await create({ name: 'Rotates', scopes: ['users.read'] })).body;
    const [first, next] = [await addSecret(id), await addSecret(id)];
    for (const { status, body, headers } of [first, next]) {
      expect([status, headers['cache-control']]).toEqual([201, 'no-store']);
      expect(body).toEqual({
        id: expect.any(String) as string,
        secret: expect.stringMatching(/^rcs_[A-Za-z0-9_-]{43}$/) as string,
        createdAt: expect.any(String) as string,
      });
    }
    expect((await addSecret(id)).json).toMatchObject({
      status: 409,
      code: 'too_many_secrets',
      params: { max: 2 },
    });
    const shown = await one(id);
    expect(shown.body.secrets).toEqual(
      [first, next].map(({ body }) => ({ id: body.id, createdAt: body.createdAt })),
    );
    const stored = await gateway.app.get(Dynamo, { strict: false }).get('clients', { id });
    for (const { body } of [first, next]) {
      expect(shown.text).not.toContain(body.secret.slice(4));
      expect(JSON.stringify(stored)).not.toContain(body.secret.slice(4));
    }
  });

  it('are made once by an Idempotency-Key, and shown to one of its requests alone', async () => {
    const { id } = (await create({ name: 'Retries', scopes: ['users.read'] })).body;
    const key = { 'idempotency-key': `secret-of-${id}` };
    const answers = await Promise.all([addSecret(id, key), addSecret(id, key), addSecret(id, key, second)]);
    const [shown, ...more] = answers.filter(({ status }) => status === 201);
    expect(more).toEqual([]);
    for (const other of [...answers.filter((answer) => answer !== shown), await addSecret(id, key, second)])
      expect(other.json).toMatchObject({ status: 409, code: 'secret_not_repeated' });
    expect((await one(id)).body.secrets.map((secret) => secret.id)).toEqual([shown?.body.id]);
    const client = { id, secret: shown?.body.secret ?? '', secretId: '' };
    expect((await tokenOf(gateway, client)).length).toBeGreaterThan(0);
  });

  it('stop working one by one, and tokens that were got with one live on', async () => {
    const client = await makeClient(gateway, token, ['users.read']);
    const next = (await addSecret(client.id)).body;
    const bearer = await tokenOf(gateway, client);
    const path = `/api/clients/${client.id}/secrets/${client.secretId}`;
    expect((await gateway.call('DELETE', path, { token })).status).toBe(204);
    expect((await gateway.call('DELETE', path, { token })).json).toMatchObject({ code: 'secret_not_found' });
    await expect(tokenOf(gateway, client)).rejects.toThrow('answered 401');
    await tokenOf(second, { ...client, secret: next.secret });
    expect((await users(bearer)).status).toBe(200);
  });

  it('belong to a client that is there', async () => {
    expect((await addSecret('client_aaaaaaaaaaaaaaaaaaaa')).json).toMatchObject({ code: 'client_not_found' });
  });
});

describe('the tokens of an API client', () => {
  const endsOnBoth = async (bearer: string) => {
    const begin = performance.now();
    expect((await users(bearer)).status).toBe(401);
    await until(async () => (await users(bearer, second)).status === 401, 5_000);
    expect(performance.now() - begin).toBeLessThan(2_000);
  };

  it('stop working on every instance when the client is deleted', async () => {
    const client = await makeClient(gateway, token, ['users.read']);
    const bearer = await tokenOf(second, client);
    for (const instance of [gateway, second]) expect((await users(bearer, instance)).status).toBe(200);
    await gateway.call('DELETE', `/api/clients/${client.id}`, { token });
    await endsOnBoth(bearer);
    await expect(tokenOf(second, client)).rejects.toThrow('answered 401');
  });

  it('stop working when a scope is taken away, and new ones are without it', async () => {
    const client = await makeClient(gateway, token, ['users.read', 'holds.write']);
    const bearer = await tokenOf(second, client);
    const change = (body: object) => gateway.call('PATCH', `/api/clients/${client.id}`, { token, body });
    await change({ scopes: ['users.read'] });
    await endsOnBoth(bearer);
    const fresh = await tokenOf(second, client);
    expect((await users(fresh, second)).status).toBe(200);
    expect((await second.get('/api/holds', fresh)).json).toMatchObject({ code: 'insufficient_scope' });
    await change({ name: 'Renamed', scopes: ['users.read', 'catalog.write'] });
    for (const instance of [gateway, second]) expect((await users(fresh, instance)).status).toBe(200);
  });

  it('leave a trace of their last issue, at most once a minute', async () => {
    const client = await makeClient(gateway, token, ['users.read']);
    const begin = Date.now();
    await tokenOf(gateway, client);
    const { lastUsedAt } = (await one(client.id)).body;
    expect(Date.parse(lastUsedAt ?? '')).toBeGreaterThanOrEqual(begin);
    await tokenOf(second, client);
    expect((await one(client.id)).body.lastUsedAt).toBe(lastUsedAt);
  });
});
