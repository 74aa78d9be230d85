import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { TcpChaosProxy } from '@registrar/testing';
import { UsersProjection, UsersRepository } from '@registrar/users-projection';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, registrar } from './testing/enrollments-system.ts';

const redisUrl = process.env['REDIS_URL'] ?? '';
let system: EnrollmentsSystem;
let users: UsersRepository;
let projection: UsersProjection;
/** An instance that cannot reach the gateway. */
let cutOff: number;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
  cutOff = await system.startInstance({ GATEWAY_URL: 'http://127.0.0.1:9' });
  users = system.get(UsersRepository);
  projection = system.get(UsersProjection);
});
afterAll(() => system.stop());

const state = (id: string, version: number, name = 'Ada Moss', externalId: string | null = null) => ({
  id,
  email: `${id.slice(4)}@Registrar.example`,
  name,
  roles: ['student' as const],
  createdAt: new Date().toISOString(),
  version,
  externalId,
});
const exists = async (id: string) => (await users.byId(id)) !== undefined;
const userByExternalId = async (id: string) => (await users.byExternalIds([id])).get(id);
const userByEmail = async (email: string) => (await users.byEmails([email])).get(email.toLowerCase());

describe('users', () => {
  it('are found by id and by mail in any case of letters', async () => {
    const id = newId('usr');
    await projection.save(state(id, 1));
    const email = `${id.slice(4)}@registrar.example`;
    const person = { id, name: 'Ada Moss', email, externalId: null };
    expect([...(await users.byIds([id, id])).values()]).toEqual([person]);
    expect(await userByEmail(person.email.toUpperCase())).toEqual(person);
  });

  it("are found by external id exactly, until the id is gone or is another user's", async () => {
    const [one, other] = [newId('usr'), newId('usr')];
    const externalId = `M ${one.slice(4)}`;
    await users.save(state(one, 2, 'Ada Moss', externalId));
    const person = { id: one, name: 'Ada Moss', email: `${one.slice(4)}@registrar.example`, externalId };
    expect(await userByExternalId(externalId)).toEqual(person);
    expect((await users.byIds([one])).get(one)).toEqual(person);
    expect(await userByExternalId(externalId.toLowerCase())).toBeUndefined();
    await users.save(state(one, 3));
    expect(await userByExternalId(externalId)).toBeUndefined();
    await users.save(state(other, 2, 'Ada North', externalId));
    expect((await userByExternalId(externalId))?.id).toBe(other);
  });

  it('of whom two have an external id, while it changes hands, are decided by the gateway', async () => {
    const [former, owner] = [newId('usr'), newId('usr')];
    const externalId = `moved-${owner.slice(4)}`;
    await users.save(state(former, 2, 'Ada South', externalId));
    await users.save(state(owner, 1, 'Ada North', externalId));
    system.person({ id: owner, name: 'Ada North', externalId });
    expect(await userByExternalId(externalId)).toMatchObject({ id: owner, name: 'Ada North' });
  });

  it('of events and rows from before there were external ids have none', async () => {
    const id = newId('usr');
    const { externalId: _, ...old } = state(id, 1);
    await users.save(old);
    expect((await users.byIds([id])).get(id)?.externalId).toBeNull();
    expect((await users.byId(id))?.externalId).toBeNull();
    const items = await system.dynamo.getAll<object>('people', [{ user_id: id }]);
    expect(items).toHaveLength(1);
    expect(items[0]).not.toHaveProperty('external_id');
  });

  it('whose external id was set a moment ago are asked of the gateway, and known from then on', async () => {
    const id = newId('usr');
    await users.save(state(id, 1));
    const externalId = `new-${id.slice(4)}`;
    system.person({ id, externalId });
    system.users.set(id, { ...system.users.get(id), version: 2 });
    expect((await userByExternalId(externalId))?.id).toBe(id);
    system.users.delete(id);
    expect((await userByExternalId(externalId))?.id).toBe(id);
    expect((await users.byId(id))?.externalId).toBe(externalId);
  });

  it('are as the latest event says, in whatever order they come', async () => {
    const id = newId('usr');
    await projection.save(state(id, 3, 'Ada North'));
    await projection.save(state(id, 2, 'Ada South'));
    expect((await users.byIds([id])).get(id)?.name).toBe('Ada North');
  });

  it('who registered a moment ago are asked of the gateway, and known from then on', async () => {
    const [byId, byMail] = [system.person(), system.person()];
    const email = `${byMail.slice(4)}@registrar.example`;
    expect(await exists(byId)).toBe(true);
    expect((await userByEmail(email))?.id).toBe(byMail);
    system.users.clear();
    expect(await exists(byId)).toBe(true);
    expect((await userByEmail(email))?.id).toBe(byMail);
  });

  it('who are known are asked for once a minute, and are as an event says as soon as it was heard', async () => {
    const id = newId('usr');
    await users.save(state(id, 1));
    const read = vi.spyOn(system.get(Dynamo), 'batchGet');
    const nameOf = async () => (await users.byIds([id])).get(id)?.name;
    await vi.waitFor(async () => {
      await nameOf();
      read.mockClear();
      expect(await nameOf()).toBe('Ada Moss');
      expect(read).not.toHaveBeenCalled();
    });
    await users.save(state(id, 2, 'Ada North'));
    expect(await nameOf()).toBe('Ada North');
    read.mockRestore();
  });

  it('are as a write left them, though a read that began before it ends after it', async () => {
    const id = newId('usr');
    await users.save(state(id, 1));
    const dynamo = system.get(Dynamo);
    const batchGet = dynamo.batchGet.bind(dynamo);
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    dynamo.batchGet = async <T>(...asked: Parameters<Dynamo['batchGet']>) => {
      const items = await batchGet<T>(...asked);
      reached.resolve();
      await released.promise;
      return items;
    };
    const early = users.byIds([id]);
    await reached.promise;
    dynamo.batchGet = batchGet;
    await users.save(state(id, 2, 'Ada North'));
    released.resolve();
    expect((await early).get(id)?.name).toBe('Ada Moss');
    expect((await users.byIds([id])).get(id)?.name).toBe('Ada North');
  });

  it('are found while Redis is away, and are kept', async () => {
    const redis = await TcpChaosProxy.start(redisUrl);
    await redis.refuse();
    const alone = system.get(UsersRepository, await system.startInstance({ REDIS_URL: redis.url(redisUrl) }));
    const id = newId('usr');
    await alone.save(state(id, 1));
    await alone.save(state(id, 2, 'Ada North'));
    expect((await alone.byIds([id])).get(id)?.name).toBe('Ada North');
    await redis.stop();
  });

  it('who are nobody are not found', async () => {
    expect(await exists('usr_nobody')).toBe(false);
    expect(await userByEmail('nobody@registrar.example')).toBeUndefined();
    expect([...(await users.byEmails([])).keys()]).toEqual([]);
    for (const impossible of ['', ' ', ' 42', 'x'.repeat(65), 'a\nb'])
      expect(await userByExternalId(impossible)).toBeUndefined();
  });
});

describe('without the gateway', () => {
  it('an unknown mail is 503 for the whole import, and nothing of it is done', async () => {
    const id = newId('usr');
    await projection.save(state(id, 1));
    const courseId = await system.course();
    const lines = `email,courseId\n${id.slice(4)}@registrar.example,${courseId}\nnew@registrar.example,${courseId}\n`;
    const answer = await system.sendRequest({
      ...registrar,
      method: 'POST',
      path: '/api/enrollments/import',
      body: lines,
      headers: { 'content-type': 'text/csv' },
      instance: cutOff,
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect((await system.sendRequest({ path: `/api/courses/${courseId}/seats` })).body).toMatchObject({
      enrolledCount: 0,
    });
  });

  it('a roster of known people is shown, one of unknown people is 503 rather than without names', async () => {
    const [known, unknown] = [newId('usr'), newId('usr')];
    await projection.save(state(known, 1));
    const courseId = await system.course();
    const path = `/api/courses/${courseId}/roster`;
    await system.enroll(known, courseId);
    expect(await system.sendRequest({ ...registrar, path, instance: cutOff })).toMatchObject({
      status: 200,
      body: { items: [{ userName: 'Ada Moss' }] },
    });
    await system.enroll(unknown, courseId);
    expect((await system.sendRequest({ ...registrar, path, instance: cutOff })).status).toBe(503);
    const file = await system.sendRequest({
      ...registrar,
      path,
      instance: cutOff,
      headers: { accept: 'text/csv' },
    });
    expect(file.status).toBe(503);
  });
});
