import type { Session, SessionList } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';
import { UserSessions, mostSessions } from './user-sessions.service.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
const client = { kind: 'api', address: '127.0.0.1', userAgent: null } as const;
const minute = 60_000;
const day = 24 * 60 * minute;
let one: RunningGateway;
let other: RunningGateway;

beforeAll(async () => {
  [one, other] = await system.startTwo({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0' });
});
afterAll(() => system.close());

async function listOf({ accessToken }: Session, gateway = one): Promise<SessionList['items']> {
  const answer = await gateway.get('/api/auth/sessions', accessToken);
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'private, no-cache']);
  return (answer.json as SessionList).items;
}

function idOf({ refreshToken }: Session): string {
  return refreshToken.split('.', 1)[0] ?? '';
}

function end(id: string, { accessToken: token }: Session, gateway = one) {
  return gateway.call('DELETE', `/api/auth/sessions/${id}`, { token });
}

/** Fails where `session` still works on an instance after a second. */
async function endsEverywhere({ accessToken, refreshToken }: Session): Promise<void> {
  for (const gateway of [one, other]) {
    await until(async () => (await gateway.get('/api/auth/me', accessToken)).status === 401, 1_000);
    expect((await gateway.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
  }
}

function serviceOf(gateway: RunningGateway): SessionService {
  return gateway.app.get(SessionService, anywhere);
}

function refresh({ refreshToken }: Session, now: number): Promise<unknown> {
  return serviceOf(one)
    .refresh(refreshToken, '127.0.0.1', now)
    .then(
      ({ answer }) => answer.expiresIn,
      (error: { code: string }) => error.code,
    );
}

describe('the list of own sessions', () => {
  it('has where each began, when it was used and when it ends, and says which one asks', async () => {
    const first = await one.register('ada@registrar.example');
    const page = await other.call('POST', '/api/auth/web/login', {
      body: { email: first.user.email, password: goodPassword },
      headers: { 'x-registrar-web': '1', 'sec-fetch-site': 'same-origin', 'user-agent': 'A browser' },
    });
    const items = await listOf(first, other);
    // Two instances know the store's time to a second: their order may be the other.
    expect(items).toHaveLength(2);
    expect(items.find(({ current }) => current)).toMatchObject({
      id: idOf(first),
      client: 'api',
      userAgent: null,
    });
    expect(items.find(({ current }) => !current)).toMatchObject({
      client: 'web',
      userAgent: 'A browser',
      address: '127.0.0.1',
    });
    expect(JSON.stringify(items)).not.toContain(String(page.headers['set-cookie']).split('.')[2]);
    for (const { createdAt, lastUsedAt, expiresAt } of items) {
      expect(lastUsedAt).toBe(createdAt);
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * day);
    }
    const next = (await one.post('/api/auth/refresh', { refreshToken: first.refreshToken })).json as Session;
    const used = (await listOf(next)).find(({ current }) => current);
    expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThan(Date.parse(used?.createdAt ?? ''));
  });

  it('has the one that asks, though the index has not learnt of it, and none of anybody else', async () => {
    const mine = await one.register('ben@registrar.example');
    const theirs = await one.register('cleo@registrar.example');
    const ids = vi.spyOn(one.app.get(SessionRepository, anywhere), 'newestIds');
    ids.mockResolvedValue([idOf(theirs)]);
    const items = await listOf(mine).finally(() => ids.mockRestore());
    expect(items.map(({ id }) => id)).toEqual([idOf(mine)]);
  });
});

describe('ending a session', () => {
  it('of one’s own works on every instance within a second, and again', async () => {
    const mine = await one.register('dora@registrar.example');
    const lost = await other.signIn('dora@registrar.example');
    expect((await end(idOf(lost), mine)).status).toBe(204);
    await endsEverywhere(lost);
    expect((await listOf(mine)).map(({ id }) => id)).toEqual([idOf(mine)]);
    expect((await end(idOf(lost), mine, other)).status).toBe(204);
    expect((await one.get('/api/auth/me', mine.accessToken)).status).toBe(200);
    expect((await end(idOf(mine), mine)).status).toBe(204);
    await endsEverywhere(mine);
  });

  it('of somebody else, or one that there is not, is not found and ends nothing', async () => {
    const mine = await one.register('emil@registrar.example');
    const theirs = await one.register('fay@registrar.example');
    for (const id of [idOf(theirs), `ses_${'a'.repeat(20)}`, 'nonsense', 'x'.repeat(3_000)]) {
      const answer = await end(id, mine);
      expect([answer.status, answer.json?.['code']]).toEqual([
        404,
        id.length > 2_000 ? 'not_found' : 'session_not_found',
      ]);
    }
    expect((await one.get('/api/auth/me', theirs.accessToken)).status).toBe(200);
  });

  it('all of a user is for admins, and leaves the account and its password as they are', async () => {
    const root = await one.signIn(admin.email, admin.password);
    const sessions = [
      await one.register('gus@registrar.example'),
      await other.signIn('gus@registrar.example'),
    ];
    const [mine] = sessions as [Session];
    const path = (id: string) => `/api/users/${id}/sessions`;
    const asked = (id: string, token: string) => one.call('DELETE', path(id), { token });
    expect((await asked(mine.user.id, mine.accessToken)).status).toBe(403);
    expect((await asked('usr_nobody', root.accessToken)).json?.['code']).toBe('user_not_found');
    expect((await asked(mine.user.id, root.accessToken)).status).toBe(204);
    for (const session of sessions) await endsEverywhere(session);
    expect((await one.signIn('gus@registrar.example')).user).toEqual(mine.user);
  });
});

it('a user has 100 sessions at most: with one more, the oldest ends', async () => {
  const first = await one.register('hal@registrar.example');
  const account = await one.app.get(AccountRepository, anywhere).byId(first.user.id);
  if (!account) throw new Error('There is no account.');
  const opened = await Promise.all(
    Array.from({ length: mostSessions - 1 }, () => serviceOf(one).open(account, client)),
  );
  const ledger = one.app.get(AccountLedger, anywhere);
  await ledger.commit({ actions: opened.map(({ action }) => action) });
  expect(await listOf(first)).toHaveLength(mostSessions);
  // By the same instance: two know the store's time to a second, and all of these began within one.
  const last = await one.app.get(UserSessions, anywhere).begin(account, { client });
  await endsEverywhere(first);
  const items = await listOf(last.answer, other);
  expect(items).toHaveLength(mostSessions);
  expect(items.filter(({ current }) => current)).toHaveLength(1);
});

describe('a session ends by itself', () => {
  it('90 days after it began, however it is used', async () => {
    let session = await one.register('ida@registrar.example');
    const begun = Date.now();
    for (const days of [25, 50, 75, 89.9]) {
      const next = await serviceOf(one).refresh(session.refreshToken, '127.0.0.1', begun + days * day);
      session = next.answer;
      if (days > 89) expect(next.lifeMs).toBeLessThanOrEqual(0.1 * day + minute);
    }
    expect(await refresh(session, begun + 90 * day + minute)).toBe('invalid_refresh_token');
  });

  it('of staff after 30 minutes without use and after 12 hours, in cookie, list and tokens', async () => {
    const root = await one.signIn(admin.email, admin.password);
    const begun = Date.now();
    const [current] = (await listOf(root)).filter((item) => item.current);
    expect(Date.parse(current?.expiresAt ?? '') - Date.parse(current?.createdAt ?? '')).toBe(30 * minute);
    expect(await refresh(root, begun + 31 * minute)).toBe('invalid_refresh_token');
    const page = await one.call('POST', '/api/auth/web/login', {
      body: admin,
      headers: { 'x-registrar-web': '1', 'sec-fetch-site': 'same-origin' },
    });
    expect(String(page.headers['set-cookie'])).toMatch(/registrar=ses_[\w.-]+; Max-Age=1800;/);
    let session = root;
    for (let used = 25; used < 720; used += 25)
      session = (await serviceOf(one).refresh(session.refreshToken, '127.0.0.1', begun + used * minute))
        .answer;
    // The last use was after 11 h 40 min; the one after it has ten minutes left.
    const late = await serviceOf(one).refresh(session.refreshToken, '127.0.0.1', begun + 710 * minute);
    expect(late.answer.expiresIn).toBeLessThanOrEqual(600);
    expect(await refresh(late.answer, begun + 721 * minute)).toBe('invalid_refresh_token');
  });

  it('sooner where its user has become staff since', async () => {
    const root = await one.signIn(admin.email, admin.password);
    const session = await one.register('jan@registrar.example');
    const body = { roles: ['instructor'] };
    await one.call('PUT', `/api/users/${session.user.id}/roles`, { token: root.accessToken, body });
    expect(await refresh(session, Date.now() + 31 * minute)).toBe('invalid_refresh_token');
  });

  it('by the hours of the campus that it began by', async () => {
    const { user } = await one.register('kim@registrar.example');
    const account = await one.app.get(AccountRepository, anywhere).byId(user.id);
    const campus = {
      provider: 'campus',
      providerSession: null,
      subject: 'kim',
      idToken: null,
      maxLifeMs: 60 * minute,
    };
    if (!account) throw new Error('There is no account.');
    const { answer, lifeMs } = await one.app.get(UserSessions, anywhere).begin(account, { client, campus });
    expect(lifeMs).toBe(60 * minute);
    expect(await refresh(answer, Date.now() + 61 * minute)).toBe('invalid_refresh_token');
  });
});

it('a session and an account as the last version wrote them go on working', async () => {
  const email = 'lea@registrar.example';
  const session = await one.register(email);
  const dynamo = one.app.get(Dynamo, anywhere);
  const removed = {
    users: ['status', 'suspension_reason', 'email_verified', 'given_name', 'family_name', 'campus_roles'],
    sessions: ['client', 'campus', 'password_at'],
  };
  for (const [table, id] of [
    ['users', session.user.id],
    ['sessions', idOf(session)],
  ] as const) {
    const item = (await dynamo.get(table, { id })) ?? {};
    for (const name of removed[table]) delete item[name];
    await dynamo.put({ TableName: dynamo.tables.name(table), Item: item });
  }
  const next = (await other.post('/api/auth/refresh', { refreshToken: session.refreshToken }))
    .json as Session;
  expect(await listOf(next)).toMatchObject([
    { id: idOf(session), client: 'api', userAgent: null, address: null },
  ]);
  expect((await other.get('/api/auth/me', next.accessToken)).json).toMatchObject({ status: 'active' });
  const again = await other.signIn(email);
  expect(await listOf(again)).toHaveLength(2);
  expect((await end(idOf(session), again)).status).toBe(204);
  await endsEverywhere(next);
});
