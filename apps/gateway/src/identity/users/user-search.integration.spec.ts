import type { User } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' };
let one: RunningGateway;
let other: RunningGateway;
let root: string;

const people = [
  ['E-1', 'zoe@registrar.example', 'Zoë', 'Müller', 'student'],
  ['E-2', 'jorgen@registrar.example', 'Jørgen', "O'Neil", 'student|instructor'],
  ['E-3', 'strasse@registrar.example', 'Ana', 'Straße', 'instructor'],
  ['É4', 'li@registrar.example', '李', '小龍', 'student'],
];

beforeAll(async () => {
  [one, other] = await system.startTwo(unlimited);
  await Promise.all([one.ready(), other.ready()]);
  root = (await one.signIn(admin.email, admin.password)).accessToken;
  const lines = ['externalId,email,givenName,familyName,roles', ...people.map((each) => each.join())];
  expect((await one.sendFile('/api/users/import', lines.join('\n'), root)).json).toMatchObject({
    changed: 4,
  });
});
afterAll(() => system.close());

async function search(query: string, gateway = one): Promise<string[]> {
  const answer = await gateway.get(`/api/users?${query}`, root);
  expect(answer.status, answer.text).toBe(200);
  return (answer.json?.['items'] as User[]).map(({ email }) => email?.split('@')[0] ?? '');
}

it.each([
  ['zoe', ['zoe']],
  ['MULLER', ['zoe']],
  ['mull zo', ['zoe']],
  ['o’neil', []],
  ["o'n", ['jorgen']],
  ['jorgen', ['jorgen']],
  ['strasse', ['strasse']],
  ['e-', ['jorgen', 'strasse', 'zoe']],
  ['e4', ['li']],
  ['小龍', ['li']],
  ['@registrar.example e', ['admin', 'jorgen', 'li', 'strasse', 'zoe']],
  ['nobody at all', []],
])('%j finds %j', async (q, expected) => {
  expect(await search(`q=${encodeURIComponent(q)}`)).toEqual(expected);
});

it('filters by role and status, with and without a search', async () => {
  expect(await search('role=instructor')).toEqual(['jorgen', 'strasse']);
  expect(await search('role=instructor&q=neil')).toEqual(['jorgen']);
  expect(await search('role=registrar')).toEqual([]);
  expect(await search('status=suspended')).toEqual([]);
  expect(await search('status=erased')).toEqual([]);
  expect(await search('role=instructor&q=')).toEqual(['jorgen', 'strasse']);
  const { items } = (await one.get('/api/users?externalId=E-3', root)).json as { items: User[] };
  const path = `/api/users/${items[0]?.id}`;
  await one.call('POST', `${path}/suspend`, { token: root, body: { reason: 'x' } });
  expect(await search('status=suspended')).toEqual(['strasse']);
  expect(await search('email=strasse@registrar.example&status=active')).toEqual([]);
  await until(async () => (await search('status=suspended', other)).length === 1, 5_000);
  await one.call('POST', `${path}/restore`, { token: root });
  expect(await search('status=active&role=instructor')).toEqual(['jorgen', 'strasse']);
});

it('finds what was changed a moment ago, here at once and elsewhere when it is heard', async () => {
  const { user } = await one.register('renamed@registrar.example');
  await one.call('PATCH', `/api/users/${user.id}`, { token: root, body: { name: 'Quite Unlikely' } });
  expect(await search('q=unlikely')).toEqual(['renamed']);
  expect(await search('q=Test')).toEqual([]);
  await until(async () => (await search('q=unlikely', other)).length === 1, 5_000);
});

it('goes on by its cursor on another instance, and for its own question only', async () => {
  await until(async () => (await search('q=E-', other)).length === 3, 5_000);
  const first = await one.get('/api/users?q=e-&limit=2', root);
  const { items, nextCursor } = first.json as { items: User[]; nextCursor: string };
  expect(items.map(({ externalId }) => externalId)).toEqual(['E-2', 'E-3']);
  const rest = await other.get(`/api/users?q=e-&limit=2&cursor=${nextCursor}`, root);
  expect(rest.json).toMatchObject({ items: [{ externalId: 'E-1' }], nextCursor: null });
  const foreign = await one.get(`/api/users?q=z&cursor=${nextCursor}`, root);
  expect([foreign.status, foreign.json?.['code']]).toEqual([400, 'invalid_cursor']);
});

it('knows everybody on an instance just started', async () => {
  const late = await system.start(unlimited);
  expect(await search('q=muller', late)).toEqual(['zoe']);
});

it.each([`q=${'x'.repeat(101)}`, 'role=dean', 'status=gone', 'q=a&q=b'])('refuses %s', async (query) => {
  expect((await one.get(`/api/users?${query}`, root)).status).toBe(422);
});

it('shows of an erased user the id alone, and finds nothing of them', async () => {
  const dynamo = one.app.get(Dynamo, { strict: false });
  const createdAt = '2026-11-02T08:00:00.000Z';
  const item = { id: 'usr_erased', status: 'erased', created_at: createdAt, version: 3 };
  await dynamo.put({ TableName: dynamo.tables.name('users'), Item: item });
  const answer = await one.get('/api/users/usr_erased', root);
  const nothing = { email: null, name: null, givenName: null, familyName: null, externalId: null };
  expect([answer.status, answer.json]).toEqual([
    200,
    { id: 'usr_erased', ...nothing, status: 'erased', emailVerified: false, roles: [], createdAt },
  ]);
  const changed = await one.call('PATCH', '/api/users/usr_erased', { token: root, body: { name: 'Back' } });
  expect([changed.status, changed.json?.['code']]).toEqual([404, 'user_not_found']);
});
