import { holdPlaced, holdReleased, holdTopic } from '@registrar/contracts-enrollments';
import type { Hold, RecordImportResult } from '@registrar/contracts-enrollments';
import { OutboxRelay } from '@registrar/messaging';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import type { Call } from '../testing/enrollments-system.ts';
import { importFile } from '../testing/import-file.ts';

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

const bill = { office: 'Student Accounts', reason: 'A library fee is open.' };

const place = (body: object, more: Partial<Call> = {}) =>
  system.sendRequest<Hold & Fault>({ ...registrar, method: 'POST', path: '/api/holds', body, ...more });

const release = (id: string, more: Partial<Call> = {}) =>
  system.sendRequest<Hold & Fault>({ ...registrar, method: 'DELETE', path: `/api/holds/${id}`, ...more });

const list = (path: string, user?: string) =>
  system.sendRequest<{ items: Hold[]; nextCursor: string | null } & Fault>(
    user === undefined ? { ...registrar, path } : { user, path },
  );

const statusOf = async (user: string, id: string) =>
  (await system.sendRequest<{ status: string }>({ user, path: `/api/enrollments/${id}` })).body.status;

describe('a hold', () => {
  it('stops the very next request on every instance, and says who can clear it', async () => {
    const user = system.person();
    const courseId = await system.course();
    const placed = await place({ userId: user, ...bill });
    expect(placed).toMatchObject({
      status: 201,
      body: { userId: user, ...bill, blocks: ['enroll'], placedBy: registrar.user, releasedAt: null },
    });
    for (const instance of [1, 0]) {
      const refused = await system.enroll(user, courseId, { instance });
      expect(refused).toMatchObject({ status: 409, body: { code: 'hold' } });
      expect(JSON.stringify(refused.body)).toContain('Student Accounts');
    }
    const released = await release(placed.body.id, { instance: 1 });
    expect(released).toMatchObject({ status: 200, body: { releasedBy: registrar.user } });
    expect((await release(placed.body.id)).body).toEqual(released.body);
    expect((await system.enroll(user, courseId)).status).toBe(201);
  });

  it('on drops stops seats, waiting places and swaps, but no registrar', async () => {
    const user = system.person();
    const [taken, full, other] = [
      await system.course(),
      await system.course({ capacity: 1, waitlistCapacity: 2 }),
      await system.course(),
    ];
    await system.enroll(system.person(), full);
    const seat = (await system.enroll(user, taken)).body;
    const waits = (await system.enroll(user, full, { sendRequest: { joinWaitlist: true } })).body;
    await place({ userId: user, ...bill, blocks: ['drop'] });
    for (const { id } of [seat, waits])
      expect(await system.drop(user, id, { instance: 1 })).toMatchObject({
        status: 409,
        body: { code: 'hold' },
      });
    const swap = await system.sendRequest({
      user,
      method: 'POST',
      path: '/api/enrollments/swap',
      key: 'swap',
      body: { dropEnrollmentId: seat.id, addCourseId: other },
    });
    expect(swap).toMatchObject({ status: 409, body: { code: 'hold' } });
    expect((await system.enroll(user, other)).status).toBe(201);
    expect((await system.drop(user, seat.id, registrar)).body.status).toBe('dropped');
    const history = await system.sendRequest<{ items: { override: string[] }[] }>({
      user,
      path: `/api/enrollments/${seat.id}/history`,
    });
    expect(history.body.items.at(-1)).toMatchObject({ action: 'dropped', override: ['hold'] });
  });

  it('passes a waiting student over, who is promoted once it is released', async () => {
    const [first, waiter] = [system.person(), system.person()];
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 2 });
    const seat = (await system.enroll(first, courseId)).body;
    const waits = (await system.enroll(waiter, courseId, { sendRequest: { joinWaitlist: true } })).body;
    const { body: hold } = await place({ userId: waiter, ...bill });
    await system.drop(first, seat.id);
    expect(await statusOf(waiter, waits.id)).toBe('waitlisted');
    await release(hold.id);
    await until(async () => (await statusOf(waiter, waits.id)) === 'enrolled');
  });

  it('may be set aside by a registrar, for the promotion too', async () => {
    const [first, waiter] = [system.person(), system.person()];
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 2 });
    const seat = (await system.enroll(first, courseId)).body;
    await place({ userId: waiter, ...bill });
    const body = { courseId, userId: waiter, joinWaitlist: true, override: ['hold'] };
    const waits = await system.enroll('', courseId, { ...registrar, body });
    expect(waits.body.status).toBe('waitlisted');
    await system.drop(first, seat.id);
    await until(async () => (await statusOf(waiter, waits.body.id)) === 'enrolled');
  });

  it('is placed once under a key', async () => {
    const user = system.person();
    const first = await place({ userId: user, ...bill }, { key: 'hold' });
    const replayed = await place({ userId: user, ...bill }, { key: 'hold', instance: 1 });
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(replayed.body.id).toBe(first.body.id);
    expect((await list('/api/holds/me', user)).body.items).toHaveLength(1);
  });

  it('is listed to its student and to registrars, the newest first, in pages', async () => {
    const user = system.person();
    const placed: Hold[] = [];
    for (const office of ['Library', 'Bursar', 'Library'])
      placed.push((await place({ userId: user, office, reason: `Reason ${placed.length}` })).body);
    const ids = placed.map(({ id }) => id).reverse();
    await release(ids[0] ?? '');
    const found = async (query: string) => (await list(`/api/holds?${query}`)).body.items.map(({ id }) => id);
    expect((await list('/api/holds/me', user)).body.items.map(({ id }) => id)).toEqual(ids);
    expect(await found(`userId=${user}&active=true`)).toEqual(ids.slice(1));
    expect(await found(`userId=${user}&active=false`)).toEqual(ids.slice(0, 1));
    expect(await found(`userId=${user}&office=Bursar`)).toEqual([ids[1]]);
    expect((await found('limit=100')).slice(0, 3)).toEqual(ids);
    const { items, nextCursor } = (await list('/api/holds?limit=2')).body;
    expect(items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await list(`/api/holds?limit=2&cursor=${nextCursor ?? ''}`)).body.items[0]?.id).toBe(ids[2]);
    expect((await list('/api/holds', user)).status).toBe(403);
    expect(await list('/api/holds?userId=usr_unknown')).toMatchObject({ status: 422 });
  });

  it('publishes that it was placed and released, without the reason', async () => {
    const user = system.person();
    const relay = system.get(OutboxRelay);
    const publish = relay.publish.bind(relay);
    const published: string[] = [];
    relay.publish = (entry) => {
      if (entry.topic === holdTopic.name) published.push(...entry.events.map(({ value }) => value));
      publish(entry);
    };
    const { body } = await place({ userId: user, ...bill });
    await release(body.id);
    relay.publish = publish;
    expect(published.map((text) => JSON.parse(text) as object)).toMatchObject([
      { type: holdPlaced.type, data: { holdId: body.id, userId: user, office: bill.office } },
      { type: holdReleased.type, data: { holdId: body.id, userId: user, office: bill.office } },
    ]);
    for (const text of published) expect(text).not.toContain('library fee');
  });

  it.each([
    [{ ...bill, userId: 'usr_unknown' }, 'userId'],
    [{ userId: 'me', office: '', reason: 'x' }, 'office'],
    [{ userId: 'me', office: 'x', reason: 'y', blocks: [] }, 'blocks'],
    [{ userId: 'me', office: 'x', reason: 'y', blocks: ['enroll', 'enroll'] }, 'blocks'],
    [{ userId: 'me', office: 'x', reason: 'y', blocks: ['all'] }, 'blocks.0'],
  ])('is refused as %j', async (body, path) => {
    const userId = body.userId === 'me' ? system.person() : body.userId;
    expect(await place({ ...body, userId })).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('that is not there cannot be released', async () => {
    expect(await release('hld_unknown')).toMatchObject({ status: 404, body: { code: 'hold_not_found' } });
  });
});

describe('an import of holds', () => {
  it('places what is not in force, once', async () => {
    const [a, b] = [system.person(), system.person()];
    const mail = (user: string) => `${user.slice(4)}@registrar.example`;
    const send = (text: string) => importFile<RecordImportResult>(system, '/api/holds/import', text);
    const text = [
      'email,office,reason,blocks',
      `${mail(a)},Library,A book is late.,`,
      `${mail(a)},Bursar,A fee is open.,enroll|drop`,
      `${mail(b)},Library,A book is late.,all`,
      `${mail(b)},Library,A book is late.,`,
      `${mail(b)},Library,A book is late.,enroll`,
    ].join('\n');
    const { body } = await send(text);
    expect(body).toMatchObject({ changed: 3, unchanged: 0 });
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'invalid_line'],
      [5, 'duplicate_line'],
    ]);
    expect((await send(text)).body).toMatchObject({ changed: 0, unchanged: 3 });
    const holds = (await list('/api/holds/me', a)).body.items;
    expect(holds.map(({ office, blocks }) => [office, blocks]).sort()).toEqual([
      ['Bursar', ['enroll', 'drop']],
      ['Library', ['enroll']],
    ]);
  });
});
