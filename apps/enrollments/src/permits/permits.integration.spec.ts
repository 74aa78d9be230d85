import { permitDeclined, permitGranted, permitTopic } from '@registrar/contracts-enrollments';
import type { Permit, PermitRequest } from '@registrar/contracts-enrollments';
import { OutboxRelay } from '@registrar/messaging';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';
import { permitUsedAction } from '../enrollment/student-record/permit-use.ts';
import { PermitsRepository } from './permits.repository.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

interface Fault {
  code: string;
  detail: string;
  errors: { path: string }[];
}
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const teacher = { user: 'usr_teacher', roles: ['instructor' as const] };
const course = (change: Parameters<EnrollmentsSystem['course']>[0] = {}) =>
  system.course({ instructorIds: [teacher.user], ...change });

const grant = (courseId: string, body: object, more: Partial<Call> = {}) =>
  system.sendRequest<Permit & Fault>({
    ...teacher,
    method: 'POST',
    path: `/api/courses/${courseId}/permits`,
    body: { allows: ['permission_required'], ...body },
    ...more,
  });
const revoke = (courseId: string, id: string, more: Partial<Call> = {}) =>
  system.sendRequest<Permit & Fault>({
    ...teacher,
    method: 'DELETE',
    path: `/api/courses/${courseId}/permits/${id}`,
    ...more,
  });
const ask = (user: string, courseId: string, more: Partial<Call> = {}) =>
  system.sendRequest<PermitRequest & Fault>({
    user,
    method: 'POST',
    path: `/api/courses/${courseId}/permit-requests`,
    body: { reason: 'I took the same course elsewhere.' },
    ...more,
  });
const decline = (courseId: string, id: string, more: Partial<Call> = {}) =>
  system.sendRequest<PermitRequest & Fault>({
    ...teacher,
    method: 'DELETE',
    path: `/api/courses/${courseId}/permit-requests/${id}`,
    body: { reason: 'The course is for majors.' },
    ...more,
  });
const list = <T>(path: string, who: Partial<Call> = teacher) =>
  system.sendRequest<Page<T> & Fault>({ path, ...who });

const activeOf = async (user: string) => (await system.get(StudentRecords).read(user)).permits;

/** What is published while `work` runs on the first instance. */
async function published(work: () => Promise<unknown>) {
  const relay = system.get(OutboxRelay);
  const publish = relay.publish.bind(relay);
  const values: string[] = [];
  relay.publish = (entry) => {
    if (entry.topic === permitTopic.name) values.push(...entry.events.map(({ value }) => value));
    publish(entry);
  };
  await work();
  relay.publish = publish;
  return values.map((value) => JSON.parse(value) as { type: string; data: object });
}

describe('a permit', () => {
  it('is granted by id or address, is in the record of its student, and is listed to staff and student', async () => {
    const user = system.person({ name: 'Ada Moss' });
    const courseId = await course();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const offset = `${expiresAt.slice(0, -1)}+00:00`;
    const first = await grant(courseId, { userId: user, note: ' Passed the audition. ', expiresAt: offset });
    expect(first).toMatchObject({
      status: 201,
      body: {
        courseId,
        userId: user,
        userName: 'Ada Moss',
        userEmail: `${user.slice(4)}@registrar.example`,
        allows: ['permission_required'],
        expiresAt,
        note: 'Passed the audition.',
        grantedBy: teacher.user,
        usedAt: null,
        revokedAt: null,
      },
    });
    const email = `${user.slice(4).toUpperCase()}@registrar.example`;
    const second = await grant(courseId, { email, allows: ['hold', 'hold'] }, { ...registrar, instance: 1 });
    expect(second).toMatchObject({ status: 201, body: { userId: user, allows: ['hold'], expiresAt: null } });
    const { grantedAt } = first.body;
    const active = { id: first.body.id, courseId, allows: ['permission_required'], expiresAt, grantedAt };
    expect(await activeOf(user)).toMatchObject([{ ...active, usedAt: null }, { id: second.body.id }]);
    const newestFirst = [second.body, first.body];
    const path = `/api/courses/${courseId}/permits`;
    expect((await list(path)).body).toEqual({ items: newestFirst, nextCursor: null });
    expect((await list(path, registrar)).body.items).toHaveLength(2);
    expect((await list('/api/permits/me', { user, instance: 1 })).body.items).toEqual(newestFirst);
    const page = (await list<Permit>(`${path}?limit=1`)).body;
    expect(page.items).toEqual([second.body]);
    const next = await list<Permit>(`${path}?limit=1&cursor=${page.nextCursor ?? ''}`);
    expect(next.body).toEqual({ items: [first.body], nextCursor: null });
    expect(await list(`${path}?cursor=x`)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    expect(await list('/api/permits/me?limit=0', { user })).toMatchObject({ status: 422 });
  });

  it('is revoked once, and out of the record then', async () => {
    const user = system.person();
    const [courseId, other] = [await course(), await course()];
    const { body } = await grant(courseId, { userId: user });
    expect(await revoke(other, body.id)).toMatchObject({ status: 404, body: { code: 'permit_not_found' } });
    const revoked = await revoke(courseId, body.id, { instance: 1 });
    expect(revoked).toMatchObject({ status: 200, body: { id: body.id, userId: user, usedAt: null } });
    expect(revoked.body.revokedAt).not.toBeNull();
    expect(await activeOf(user)).toEqual([]);
    expect((await revoke(courseId, body.id, registrar)).body).toEqual(revoked.body);
    expect((await list('/api/permits/me', { user })).body.items).toEqual([revoked.body]);
  });

  it('that was used shows it, and one that was revoked cannot be used', async () => {
    const user = system.person();
    const courseId = await course();
    const { tables } = system.dynamo;
    const usedAt = '2027-01-01T00:00:00.000Z';
    const use = (permitId: string) =>
      system.dynamo.transact([permitUsedAction(tables, { permitId, courseId, usedAt })]);
    const { body: used } = await grant(courseId, { userId: user });
    await use(used.id);
    expect((await list('/api/permits/me', { user })).body.items).toMatchObject([{ usedAt }]);
    expect((await revoke(courseId, used.id)).body).toMatchObject({ usedAt });
    await expect(use(used.id)).rejects.toMatchObject({ name: 'TransactionCancelled' });
    await expect(use('pmt_unknown')).rejects.toMatchObject({ name: 'TransactionCancelled' });
  });

  it('has the waiting places of its student judged again', async () => {
    const [first, waiter] = [system.person(), system.person()];
    const courseId = await course({ capacity: 1, waitlistCapacity: 2 });
    await system.enroll(first, courseId);
    await system.enroll(waiter, courseId, { sendRequest: { joinWaitlist: true } });
    const loosened: unknown[] = [];
    system.get(DeferredWorkEvents).on('scheduleLoosened', (...args) => loosened.push(args));
    await grant(courseId, { userId: waiter });
    await until(() => Promise.resolve(loosened.some((args) => JSON.stringify(args).includes(waiter))));
  });

  it('is granted once under a key', async () => {
    const user = system.person();
    const courseId = await course();
    const first = await grant(courseId, { userId: user }, { key: 'permit' });
    const replayed = await grant(courseId, { userId: user }, { key: 'permit', instance: 1 });
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(replayed.body).toEqual(first.body);
    expect((await list('/api/permits/me', { user })).body.items).toHaveLength(1);
  });

  it('is refused to who may not grant it, by the name of what is beyond instructors', async () => {
    const user = system.person();
    const [courseId, draft] = [await course(), await course({ status: 'draft' })];
    const beyond = await grant(courseId, { userId: user, allows: ['restricted', 'time_conflict'] });
    expect(beyond).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(beyond.body.detail).toContain('time_conflict');
    expect(beyond.body.detail).not.toContain('restricted');
    const others = [{ user }, { user: 'usr_other', roles: ['instructor' as const] }];
    for (const who of others) {
      expect(await grant(courseId, { userId: user }, { roles: ['student'], ...who })).toMatchObject({
        status: 403,
      });
      expect((await revoke(courseId, 'pmt_x', { roles: ['student'], ...who })).status).toBe(403);
      expect((await list(`/api/courses/${courseId}/permits`, who)).status).toBe(403);
      expect((await list(`/api/courses/${draft}/permits`, who)).status).toBe(404);
    }
    expect((await grant(draft, { userId: user })).status).toBe(201);
    expect(await grant('crs_none', { userId: user })).toMatchObject({
      status: 404,
      body: { code: 'course_not_found' },
    });
    const anonymous = {
      method: 'POST',
      path: `/api/courses/${courseId}/permits`,
      body: { userId: user },
    } as const;
    expect((await system.sendRequest(anonymous)).status).toBe(401);
    expect(await activeOf(user)).toMatchObject([{ courseId: draft }]);
  });

  it.each([
    [{ userId: 'usr_unknown' }, ['userId']],
    [{ email: 'nobody@registrar.example' }, ['email']],
    [{ userId: 'me', expiresAt: '2020-01-01T00:00:00.000Z' }, ['expiresAt']],
    [{ userId: 'usr_unknown', expiresAt: '2020-01-01T00:00:00+02:00' }, ['userId', 'expiresAt']],
    [{ userId: 'me', expiresAt: '9999-12-31T23:59:59-05:00' }, ['expiresAt']],
    [{ userId: 'me', expiresAt: 'tomorrow' }, ['expiresAt']],
    [{}, ['userId']],
    [{ userId: 'me', email: 'a@registrar.example' }, ['userId']],
    [{ userId: 'me', allows: [] }, ['allows']],
    [{ userId: 'me', allows: ['already_enrolled'] }, ['allows.0']],
    [{ userId: 'me', note: 'x'.repeat(501) }, ['note']],
  ])('is refused as %j', async (body: object, paths) => {
    const courseId = await course();
    const sent = 'userId' in body && body.userId === 'me' ? { ...body, userId: system.person() } : body;
    const answer = await grant(courseId, sent, registrar);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(answer.body.errors.map(({ path }) => path)).toEqual(paths);
  });

  it('is one of a hundred at most, those that expired aside', async () => {
    const user = system.person();
    const courseId = await course();
    const permit = {
      courseId,
      allows: ['hold' as const],
      grantedAt: '2026-01-01T00:00:00.000Z',
      usedAt: null,
    };
    const permits = Array.from({ length: 100 }, (_, at) => {
      return { id: `pmt_${at}`, ...permit, expiresAt: at === 0 ? '2026-02-01T00:00:00.000Z' : null };
    });
    const filled = { rejudges: false };
    await system.get(StudentRecords).change(user, (before) => ({ record: { ...before, permits } }), filled);
    expect((await grant(courseId, { userId: user })).status).toBe(201);
    expect(await grant(courseId, { email: `${user.slice(4)}@registrar.example` })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'email', code: 'too_long', params: { max: 100 } }] },
    });
  });

  it('has no name where the account is no more', async () => {
    const user = system.person();
    const courseId = await course();
    await grant(courseId, { userId: user });
    system.users.delete(user);
    await system.dynamo.delete({ TableName: system.dynamo.tables.name('people'), Key: { user_id: user } });
    const fresh = await system.startInstance({ CACHE_PREFIX: `${system.prefix}other:` });
    const found = await list(`/api/courses/${courseId}/permits`, { ...teacher, instance: fresh });
    expect(found.body.items).toMatchObject([{ userId: user, userName: null, userEmail: null }]);
  });
});

describe('a request for a permit', () => {
  it('is open once for each course and student, whichever instances are asked', async () => {
    const user = system.person();
    const [courseId, other] = [await course(), await course()];
    const answers = await Promise.all([0, 1, 0, 1].map((instance) => ask(user, courseId, { instance })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.code).toBe('permit_request_exists');
    expect((await ask(user, other)).status).toBe(201);
    const second = await ask(system.person(), courseId);
    expect(second).toMatchObject({
      status: 201,
      body: { courseId, userName: 'Ada Moss', reason: 'I took the same course elsewhere.', status: 'open' },
    });
    const path = `/api/courses/${courseId}/permit-requests`;
    const { items } = (await list<PermitRequest>(path)).body;
    expect(items).toEqual([second.body, answers.find(({ status }) => status === 201)?.body]);
    const page = (await list<PermitRequest>(`${path}?limit=1`, registrar)).body;
    expect(page.items).toEqual([items[0]]);
    const next = await list(`${path}?limit=1&cursor=${page.nextCursor ?? ''}`, registrar);
    expect(next.body).toEqual({ items: [items[1]], nextCursor: null });
    expect((await list(path, { user })).status).toBe(403);
  });

  it('is answered once under a key, also where it was refused', async () => {
    const user = system.person();
    const courseId = await course();
    const first = await ask(user, courseId, { key: 'ask' });
    const replayed = await ask(user, courseId, { key: 'ask', instance: 1 });
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(replayed.body).toEqual(first.body);
    expect((await ask(user, courseId, { key: 'again' })).status).toBe(409);
    await decline(courseId, first.body.id);
    expect((await ask(user, courseId, { key: 'again' })).status).toBe(409);
    expect((await ask(user, courseId, { key: 'new' })).status).toBe(201);
  });

  it('is declined once, and can be made again then', async () => {
    const user = system.person();
    const [courseId, other] = [await course(), await course()];
    const { body } = await ask(user, courseId);
    expect(await decline(other, body.id)).toMatchObject({
      status: 404,
      body: { code: 'permit_request_not_found' },
    });
    const events = await published(async () => {
      expect(await decline(courseId, body.id)).toMatchObject({
        status: 200,
        body: { ...body, status: 'declined' },
      });
      expect((await decline(courseId, body.id, registrar)).body).toEqual({ ...body, status: 'declined' });
    });
    expect(events).toMatchObject([
      {
        type: permitDeclined.type,
        data: {
          permitId: body.id,
          userId: user,
          courseId,
          expiresAt: null,
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('majors');
    expect((await ask(user, courseId, { instance: 1 })).status).toBe(201);
    expect(await decline(courseId, `open#${courseId}#${user}`)).toMatchObject({ status: 404 });
    expect(await decline(courseId, body.id, { body: {} })).toMatchObject({ status: 422 });
    expect((await decline(courseId, body.id, { user, roles: ['student'] })).status).toBe(403);
  });

  it('is settled by a permit for that student, in one event', async () => {
    const [user, other] = [system.person(), system.person()];
    const courseId = await course();
    const [asked, others] = [(await ask(user, courseId)).body, (await ask(other, courseId)).body];
    const events = await published(() => grant(courseId, { userId: user, note: 'Welcome.' }));
    expect(events).toMatchObject([
      {
        type: permitGranted.type,
        data: { userId: user, courseId, section: '1', courseTitle: 'Linear algebra' },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('Welcome.');
    const { items } = (await list<PermitRequest>(`/api/courses/${courseId}/permit-requests`)).body;
    expect(new Map(items.map(({ id, status }) => [id, status]))).toEqual(
      new Map([
        [asked.id, 'granted'],
        [others.id, 'open'],
      ]),
    );
    expect(await decline(courseId, asked.id)).toMatchObject({
      status: 409,
      body: { code: 'permit_request_granted' },
    });
    expect((await ask(user, courseId)).status).toBe(201);
  });

  it('that comes while a permit is being granted is settled by it, and one that goes then hinders none', async () => {
    const repository = system.get(PermitsRepository);
    const read = repository.openRequestId.bind(repository);
    /** Lets `meanwhile` happen between what a grant reads and its commit. */
    const grantDuring = async (
      courseId: string,
      user: string,
      meanwhile: () => Promise<{ status: number }>,
    ) => {
      repository.openRequestId = async (asked) => {
        repository.openRequestId = read;
        const found = await read(asked);
        expect((await meanwhile()).status).toBeLessThan(300);
        return found;
      };
      return grant(courseId, { userId: user }, { key: `during-${user}` });
    };
    const courseId = await course();
    const [user, other] = [system.person(), system.person()];
    expect((await grantDuring(courseId, user, () => ask(user, courseId, { instance: 1 }))).status).toBe(201);
    const { body } = await ask(other, courseId);
    const declined = () => decline(courseId, body.id, { instance: 1 });
    expect((await grantDuring(courseId, other, declined)).status).toBe(201);
    const { items } = (await list<PermitRequest>(`/api/courses/${courseId}/permit-requests`)).body;
    const statusOf = new Map(items.map(({ userId, status }) => [userId, status]));
    expect([statusOf.get(user), statusOf.get(other)]).toEqual(['granted', 'declined']);
    for (const each of [user, other]) expect(await activeOf(each)).toHaveLength(1);
  });

  it('is for courses that take place', async () => {
    const user = system.person();
    const draft = await course({ status: 'draft' });
    const cancelled = await course({ status: 'cancelled' });
    expect(await ask(user, draft)).toMatchObject({ status: 404, body: { code: 'course_not_found' } });
    expect(await ask(user, 'crs_none')).toMatchObject({ status: 404 });
    expect(await ask(user, cancelled)).toMatchObject({ status: 409, body: { code: 'course_not_open' } });
    expect(await ask(user, draft, { body: { reason: ' ' } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'reason' }] },
    });
  });
});
