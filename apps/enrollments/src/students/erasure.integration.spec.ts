import { randomUUID } from 'node:crypto';
import { userErased, userTopic } from '@registrar/contracts-gateway';
import type { PermitRequest } from '@registrar/contracts-enrollments';
import { createKafka, makeEvent } from '@registrar/messaging';
import { PersonalDataRegistry } from '@registrar/privacy';
import { newId } from '@registrar/service';
import { stackBrokers, until } from '@registrar/testing';
import { UsersProjection, UsersRepository } from '@registrar/users-projection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

/** Publishes the erasure as the gateway does; gives the path under which it is answered. */
async function erased(userId: string, version = 9, times = 1): Promise<string> {
  const erasureId = newId('era');
  const data = { userId, erasureId, version };
  const event = makeEvent(userErased, { id: newId('evt'), subject: userId, time: new Date(), data });
  const producer = createKafka({ brokers: stackBrokers(), clientId: 'erasure-spec' }).producer();
  await producer.connect();
  const messages = Array.from({ length: times }, () => ({ key: userId, value: JSON.stringify(event) }));
  await producer.send({ topic: system.prefix + userTopic.name, messages });
  await producer.disconnect();
  return `/internal/erasures/${erasureId}/services/enrollments`;
}

const done = (path: string, times = 1) =>
  until(() => system.erasures.filter((each) => each === path).length === times, 20_000);

const hold = (userId: string, blocks: string[] = ['enroll', 'drop']) =>
  system.sendRequest<{ id: string; code: string }>({
    ...registrar,
    method: 'POST',
    path: '/api/holds',
    key: randomUUID(),
    body: { userId, office: 'Bursar', reason: 'Robin Doe owes a fee.', blocks },
  });

/** Somebody of whom everything is kept. */
async function student() {
  const user = system.person({ name: 'Robin Doe', email: `${randomUUID()}@registrar.example` });
  const [open, full, closed] = [
    await system.course(),
    await system.course({ capacity: 1, waitlistCapacity: 5 }),
    await system.course({ consent: 'instructor' }),
  ];
  const behind = system.person();
  await system.enroll(system.person(), full);
  const enrolled = await system.enroll(user, open);
  await system.enroll(user, full, { sendRequest: { joinWaitlist: true } });
  await system.enroll(behind, full, { sendRequest: { joinWaitlist: true } });
  const ask = { user, method: 'POST', path: `/api/courses/${closed}/permit-requests` } as const;
  await system.sendRequest<PermitRequest>({ ...ask, key: randomUUID(), body: { reason: 'Robin Doe asks.' } });
  const granting = { ...registrar, method: 'POST', path: `/api/courses/${open}/permits` } as const;
  const permit = { userId: user, allows: ['permission_required'], note: 'For Robin Doe.' };
  await system.sendRequest({ ...granting, key: randomUUID(), body: permit });
  const entries = [{ choices: [{ courses: [{ courseId: closed }] }] }];
  const body = { entries, armed: false };
  await system.sendRequest({ user, method: 'PUT', path: '/api/plans/fall', body });
  await hold(user);
  const refused = await system.enroll(user, closed);
  expect([enrolled.status, refused.body.code]).toEqual([201, 'hold']);
  return { user, open, full, closed, behind };
}

const about = async (user: string) => {
  const query = {
    TableName: system.dynamo.tables.name('idempotent_requests'),
    IndexName: 'AnswersByUser',
    KeyConditionExpression: 'about = :user',
    ExpressionAttributeValues: { ':user': user },
  };
  return (await system.dynamo.query(query)).items.length;
};

describe('an erased student', () => {
  it('keeps enrollments under the opaque id, and of all else nothing is left', async () => {
    const { user, full, behind } = await student();
    const before = await system.get(PersonalDataRegistry).exported(user);
    expect(before).toMatchObject({
      holds: [{ reason: 'Robin Doe owes a fee.' }],
      permits: [{ note: 'For Robin Doe.' }],
      'permit-requests': [{ reason: 'Robin Doe asks.' }],
      plans: [{ semesterId: 'fall' }],
    });
    expect(before['enrollment-history']).toHaveLength(2);
    expect(await about(user)).toBe(4);
    await done(await erased(user));
    const after = await system.get(PersonalDataRegistry).exported(user);
    expect(after).toMatchObject({ holds: [], permits: [], 'permit-requests': [], plans: [] });
    expect(after['enrollments']?.map(({ status }) => status).sort()).toEqual(['dropped', 'enrolled']);
    expect(await system.get(StudentRecords).read(user)).toMatchObject({ holds: [], permits: [], groups: [] });
    expect(await about(user)).toBe(0);
    const waiting = { ...registrar, path: `/api/courses/${full}/waitlist` };
    const { body } = await system.sendRequest<{ items: object[] }>(waiting);
    expect(body.items).toMatchObject([{ position: 1, enrollment: { userId: behind } }]);
  });

  it('is found by nobody, and nothing new is written of them', async () => {
    const { user, closed } = await student();
    await done(await erased(user));
    system.users.delete(user);
    expect(await system.get(UsersRepository).byId(user)).toBeUndefined();
    expect((await hold(user)).status).toBe(422);
    const permit = { userId: user, allows: ['permission_required'] };
    const path = `/api/courses/${closed}/permits`;
    expect((await system.sendRequest({ ...registrar, method: 'POST', path, body: permit })).status).toBe(422);
    expect((await system.sendRequest({ ...registrar, path: `/api/students/${user}` })).status).toBe(404);
  });

  it('stays so, whatever events come again or late', async () => {
    const user = system.person();
    await done(await erased(user, 9, 2), 2);
    const late = { ...(system.users.get(user) as object), version: 8 };
    await system.get(UsersProjection).save(late as never);
    system.users.delete(user);
    expect(await system.get(UsersRepository).byId(user)).toBeUndefined();
    const item = await system.dynamo.get('people', { user_id: user });
    expect(item).toEqual({ user_id: user, version: 9, erased: true });
  });
});
