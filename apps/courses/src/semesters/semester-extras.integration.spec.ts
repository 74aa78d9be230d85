import { semesterTopic, semesterUpdated } from '@registrar/contracts-courses';
import type { Semester } from '@registrar/contracts-courses';
import { createKafka, makeEvent, readTopic } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { stackBrokers, until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem } from '../testing/courses-system.ts';
import { semesterBody, semesterState } from '../testing/semesters.ts';
import { attributesOf, semesterKey } from './semester.codec.ts';

const extras = {
  tickets: [
    { name: 'Seniors', match: { levels: ['senior'], minCredits: 90 }, opensAt: '2026-11-01T01:30:00-05:00' },
    { name: 'Honors', match: { groups: ['honors'] }, opensAt: '2026-07-30T14:00:00+02:00' },
  ],
  holidays: ['2026-11-26', '2026-11-27'],
  pausedAt: '2026-11-01T01:30:00-04:00',
};
const kept = {
  tickets: [
    { ...extras.tickets[0], opensAt: '2026-11-01T06:30:00.000Z' },
    { ...extras.tickets[1], opensAt: '2026-07-30T12:00:00.000Z' },
  ],
  holidays: extras.holidays,
  pausedAt: '2026-11-01T05:30:00.000Z',
};

describe('tickets, holidays and the pause of a semester', () => {
  let system: CoursesSystem;
  let number = 0;

  beforeAll(async () => {
    system = await CoursesSystem.start(2);
    await Promise.all([system.ready(0), system.ready(1)]);
  });
  afterAll(() => system.stop());

  const nextId = () => `extras-${(number += 1)}`;
  const put = (id: string, fields: object = {}, ifMatch?: string) =>
    system.call<Semester>(`PUT /api/semesters/${id}`, {
      as: 'registrar',
      body: { ...semesterBody, current: false, ...fields },
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
  const get = (id: string, instance = 0) => system.call<Semester>(`GET /api/semesters/${id}`, { instance });
  const faults = ({ body }: { body: object }) =>
    (body as { errors?: { path: string; code: string }[] }).errors?.map(
      ({ path, code }) => `${path}: ${code}`,
    );

  it('come back as they were stated, times as the same moments in UTC, and enrollments has them by then', async () => {
    const id = nextId();
    const answer = await put(id, extras);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ ...kept, version: 1 })]);
    const { tickets, pausedAt } = kept;
    expect(system.enrollments.semesters.get(id)).toMatchObject({ tickets, pausedAt, version: 1 });
    for (const instance of [0, 1]) expect((await get(id, instance)).body).toEqual(answer.body);
    const list = await system.call<{ items: Semester[] }>('GET /api/semesters');
    expect(list.body.items).toContainEqual(answer.body);
  });

  it('stay as they are where a replacement leaves them out', async () => {
    const id = nextId();
    const { body } = await put(id, extras);
    expect((await put(id)).body).toEqual(body);
    const renamed = await put(id, { name: 'Renamed' });
    expect(renamed.body).toMatchObject({ ...kept, name: 'Renamed', version: 2 });
    const resumed = await put(id, { name: 'Renamed', pausedAt: null, holidays: [] });
    expect(resumed.body).toMatchObject({ tickets: kept.tickets, holidays: [], pausedAt: null, version: 3 });
    expect(system.enrollments.semesters.get(id)).toMatchObject({ pausedAt: null, version: 3 });
  });

  it.each<[object, string[]]>([
    [
      { tickets: [{ ...extras.tickets[0], opensAt: '2026-12-17T19:00:00-05:00' }] },
      ['tickets.0.opensAt: wrong_order'],
    ],
    [
      { tickets: [extras.tickets[1], extras.tickets[0], extras.tickets[1]] },
      ['tickets.2.name: inconsistent'],
    ],
    [{ tickets: [{ ...extras.tickets[0], match: {} }] }, ['tickets.0.match: required']],
    [{ holidays: ['2026-11-26', '2026-11-26'] }, ['holidays.1: inconsistent']],
    [{ pausedAt: '2026-11-01T01:30:00' }, ['pausedAt: invalid_format']],
    [{ pausedAt: '2026-11-01', name: '' }, ['name: too_short', 'pausedAt: invalid_format']],
  ])('as %j are refused with %j', async (fields, expected) => {
    const answer = await put(nextId(), fields);
    expect([answer.status, faults(answer)]).toEqual([422, expected]);
  });

  it('that stay are not left behind by an earlier closing', async () => {
    const id = nextId();
    await put(id, extras);
    const early = { enrollmentClosesAt: '2026-10-01T00:00:00Z' };
    expect(faults(await put(id, early))).toEqual(['enrollmentClosesAt: wrong_order']);
    const tickets = [extras.tickets[1]];
    expect((await put(id, { ...early, tickets })).body.tickets).toEqual([kept.tickets[1]]);
  });

  describe('with If-Match', () => {
    it('are changed by who read the version that is there, by the tag of any answer', async () => {
      const id = nextId();
      const made = await put(id);
      const second = await put(id, { creditLimit: 12 }, String(made.headers['etag']));
      expect([second.status, second.body.version]).toEqual([200, 2]);
      const { headers } = await get(id);
      expect(headers['etag']).toBe(second.headers['etag']);
      expect((await put(id, { creditLimit: 13 }, String(headers['etag']))).body.version).toBe(3);
      expect((await put(id, { creditLimit: 14 }, '"3"')).body.version).toBe(4);
      expect((await put(id, { creditLimit: 15 }, '*')).body.version).toBe(5);
    });

    it('are refused to who read another version, and where nothing would change too', async () => {
      const id = nextId();
      await put(id);
      await put(id, { creditLimit: 12 });
      for (const [fields, header] of [
        [{ creditLimit: 13 }, '"1"'],
        [{ creditLimit: 12 }, '"1"'],
        [{ creditLimit: 13 }, '2'],
      ] as const)
        expect((await put(id, fields, header)).body).toMatchObject({
          status: 412,
          code: 'version_conflict',
          params: { version: 2 },
        });
      expect((await get(id)).body).toMatchObject({ creditLimit: 12, version: 2 });
    });

    it('make no semester that is not there', async () => {
      const id = nextId();
      for (const header of ['*', '"1"'])
        expect((await put(id, {}, header)).body).toMatchObject({ status: 412, code: 'version_conflict' });
      expect((await get(id)).status).toBe(404);
    });

    it('let one of many at once through', async () => {
      const id = nextId();
      await put(id);
      const limits = [1, 2, 3, 4, 5, 6];
      const answers = await Promise.all(limits.map((creditLimit) => put(id, { creditLimit }, '"1"')));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    });
  });

  it('go out with the event of the semester', async () => {
    const id = nextId();
    await put(id, extras);
    const kafka = createKafka({ brokers: stackBrokers(), clientId: 'test-extras' });
    let published: Semester | undefined;
    await until(async () => {
      await readTopic(kafka, system.prefix + semesterTopic.name, (message) => {
        const { data } = JSON.parse(String(message.value)) as CloudEvent<{ semester: Semester }>;
        if (data.semester.id === id) published = data.semester;
        return Promise.resolve();
      });
      return published !== undefined;
    });
    expect(published).toMatchObject(kept);
  });

  describe('of a semester that an earlier version wrote', () => {
    const none = { tickets: [], holidays: [], pausedAt: null };
    const without = (whole: object, names: readonly string[]) =>
      Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));

    it('are none, and can be stated', async () => {
      const state = semesterState({ id: nextId(), current: false });
      const row = without(attributesOf(state), ['tickets', 'holidays', 'paused_at']);
      const item = {
        table: system.dynamo.tables.name('semesters'),
        put: { ...semesterKey(state.id), ...row },
      };
      await system.dynamo.batchWrite([item]);
      expect((await put(state.id)).body).toEqual({ ...state, ...none });
      const read = await get(state.id);
      expect([read.body, read.headers['etag']]).toEqual([
        { ...state, ...none },
        expect.stringMatching(/^"1\./),
      ]);
      expect((await put(state.id, extras, '"1"')).body).toMatchObject({ ...kept, version: 2 });
    });

    it('are none in its event, which other instances read', async () => {
      const id = nextId();
      await put(id);
      await get(id, 1);
      const { tickets: _t, holidays: _h, pausedAt: _p, ...stated } = (await get(id)).body;
      const semester = { ...stated, name: 'By its event', version: 2 };
      const row = without(attributesOf({ ...semester, ...none }), ['tickets', 'holidays', 'paused_at']);
      const item = { table: system.dynamo.tables.name('semesters'), put: { ...semesterKey(id), ...row } };
      await system.dynamo.batchWrite([item]);
      const event = makeEvent(semesterUpdated, {
        id: newId('evt'),
        subject: id,
        time: new Date(),
        data: { semester, actorId: 'usr_a' },
      });
      const messages = [{ key: id, value: JSON.stringify(event) }];
      await system.producer.sendBatch([{ topic: system.prefix + semesterTopic.name, messages }]);
      await until(async () => (await get(id, 1)).body.name === 'By its event');
      expect((await get(id, 1)).body).toEqual({ ...semester, ...none });
    });
  });
});
