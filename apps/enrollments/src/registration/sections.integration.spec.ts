import { randomUUID } from 'node:crypto';
import type { ChangesAnswer, OfferingUpdate } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import { rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;
let semesters = 0;
let semesterId: string;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
});
afterAll(() => system.stop());

async function newSemester(change = {}) {
  semesterId = await system.semester(`sections-${(semesters += 1)}`, change);
}

const course = (change: Partial<OfferingUpdate> & { id?: string } = {}) =>
  system.course({ semesterId, waitlistCapacity: 5, ...change });

/** A lecture and its labs. */
async function bundle(capacities: { lecture?: number; labs?: number[] } = {}) {
  const { lecture: seats = 5, labs: each = [5, 5] } = capacities;
  const code = `PHYS ${(semesters += 1)}`;
  const labs = await Promise.all(
    each.map((capacity, at) => course({ code, component: 'lab', section: `L${at}`, credits: 1, capacity })),
  );
  const linked = [{ component: 'lab', courseIds: labs }];
  const lecture = await course({ code, capacity: seats, linked });
  return { lecture, labs, lab: labs[0] ?? '', other: labs[1] ?? '' };
}

type Add = string | { courseId: string; joinWaitlist?: boolean; dropOnPromotion?: string };

function change(
  user: string,
  { add = [], drop = [], mode }: { add?: Add[]; drop?: string[]; mode?: 'each' },
  { dryRun = false, key = randomUUID() as string, instance = 0 } = {},
) {
  const body = {
    add: add.map((each) => (typeof each === 'string' ? { courseId: each } : each)),
    drop,
    ...(mode && { mode }),
  };
  const path = `/api/enrollments/changes${dryRun ? '?dryRun=true' : ''}`;
  const call = { user, method: 'POST' as const, path, body, instance, ...(!dryRun && { key }) };
  return system.sendRequest<ChangesAnswer & { code: string }>(call);
}

async function taken(user: string, add: Add[], instance = 0) {
  const { status, body } = await change(user, { add }, { instance });
  expect([status, body.code]).toEqual([200, undefined]);
  return Object.fromEntries(body.results.map(({ courseId, enrollmentId }) => [courseId, enrollmentId ?? '']));
}

const waiting = (...courseIds: string[]): Add[] =>
  courseIds.map((courseId) => ({ courseId, joinWaitlist: true }));

async function statusesOf(user: string, ...courseIds: string[]): Promise<unknown[]> {
  const rows = await Promise.all(courseIds.map((id) => rowsOf(system, id)));
  return rows.map((each) => each.find(({ user_id }) => user_id === user)?.status);
}

const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 100 });

describe('a lecture with its labs', () => {
  beforeAll(() => newSemester());

  it('is taken, and dropped, with one of them, on any instance', async () => {
    const { lecture, lab } = await bundle();
    const user = newId('usr');
    const ids = await taken(user, [lecture, lab]);
    expect(await statusesOf(user, lecture, lab)).toEqual(['enrolled', 'enrolled']);
    const alone = await system.drop(user, ids[lab] ?? '', { instance: 1 });
    expect(alone).toMatchObject({ status: 409, body: { code: 'linked_section_required' } });
    expect(await system.drop(user, ids[lecture] ?? '', { instance: 1 })).toMatchObject({ status: 200 });
    expect(await statusesOf(user, lecture, lab)).toEqual(['dropped', 'dropped']);
  });

  it('is refused alone, and so is a lab', async () => {
    const { lecture, labs, lab } = await bundle();
    const user = newId('usr');
    expect(await system.enroll(user, lecture)).toMatchObject({
      status: 409,
      body: { code: 'linked_section_required', options: [labs] },
    });
    expect(await system.enroll(user, lab, { instance: 1 })).toMatchObject({
      status: 409,
      body: { code: 'linked_section_required', options: [] },
    });
  });

  it('waits whole, and is promoted whole once every part has a seat', async () => {
    const { lecture, lab } = await bundle({ lecture: 2, labs: [1, 5] });
    const [holder, waits] = [newId('usr'), newId('usr')];
    const ids = await taken(holder, [lecture, lab]);
    await taken(waits, waiting(lecture, lab), 1);
    expect(await statusesOf(waits, lecture, lab)).toEqual(['waitlisted', 'waitlisted']);
    await system.drop(holder, ids[lecture] ?? '');
    await until(async () => expect(await statusesOf(waits, lecture, lab)).toEqual(['enrolled', 'enrolled']));
  });

  it('that is partly free holds up nobody who waits behind it', async () => {
    const { lecture, lab, other } = await bundle({ lecture: 2, labs: [1, 5] });
    const [first, second, blocked, behind] = [newId('usr'), newId('usr'), newId('usr'), newId('usr')];
    await taken(first, [lecture, lab]);
    const ids = await taken(second, [lecture, other]);
    await taken(blocked, waiting(lecture, lab));
    await taken(behind, waiting(lecture, other));
    await system.drop(second, ids[lecture] ?? '');
    await until(async () =>
      expect(await statusesOf(behind, lecture, other)).toEqual(['enrolled', 'enrolled']),
    );
    expect(await statusesOf(blocked, lecture, lab)).toEqual(['waitlisted', 'waitlisted']);
  });

  it('is promoted whichever of its parts comes free last', async () => {
    const { lecture, lab } = await bundle({ lecture: 1, labs: [1] });
    const [holder, waits] = [newId('usr'), newId('usr')];
    const ids = await taken(holder, [lecture, lab]);
    await taken(waits, waiting(lecture, lab));
    // The lecture and the lab come free in commits of two instances at once.
    const raised = (id: string, more: Partial<OfferingUpdate>) =>
      course({ id, capacity: 2, version: 2, ...more });
    const linked = [{ component: 'lab', courseIds: [lab] }];
    const code = `PHYS R${semesters}`;
    await Promise.all([
      raised(lecture, { code, linked }),
      raised(lab, { code, component: 'lab', credits: 1 }),
    ]);
    await until(async () => expect(await statusesOf(waits, lecture, lab)).toEqual(['enrolled', 'enrolled']));
    expect(Object.keys(ids)).toHaveLength(2);
  });

  it('stays waiting where a part of it is cancelled, and the rest of one that is held stays', async () => {
    const { lecture, lab, other } = await bundle({ lecture: 2, labs: [1, 1] });
    const [holder, waits] = [newId('usr'), newId('usr')];
    await taken(holder, [lecture, other]);
    await taken(waits, waiting(lecture, other));
    await course({ id: other, component: 'lab', status: 'cancelled', version: 2 });
    await until(async () => {
      expect(await statusesOf(holder, lecture, other)).toEqual(['enrolled', 'cancelled']);
      expect(await statusesOf(waits, lecture, other)).toEqual(['waitlisted', 'cancelled']);
    });
    expect(await statusesOf(waits, lab)).toEqual([undefined]);
  });
});

describe('several changes at once', () => {
  beforeAll(() => newSemester());

  it('are refused whole with all problems, and kept under their key', async () => {
    const { lecture, lab } = await bundle();
    const [open, full] = [await course(), await course({ capacity: 0, waitlistCapacity: 0 })];
    const user = newId('usr');
    const key = randomUUID();
    const ask = { add: [lecture, lab, open, ...waiting(full)] };
    const refused = await change(user, ask, { key });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'changes_refused',
        results: [
          { courseId: lecture, outcome: 'unchanged', problems: [] },
          { courseId: lab, outcome: 'unchanged' },
          { courseId: open, outcome: 'unchanged' },
          { courseId: full, outcome: 'refused', problems: [{ code: 'waitlist_full' }] },
        ],
      },
    });
    const again = await change(user, ask, { key, instance: 1 });
    expect(again.body.results).toEqual(refused.body.results);
    expect(await statusesOf(user, lecture, lab, open, full)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('have one effect for a key, also when they are sent at once to two instances', async () => {
    const { lecture, lab } = await bundle();
    const user = newId('usr');
    const key = randomUUID();
    const answers = await Promise.all(
      [0, 1, 0, 1].map((instance) => change(user, { add: [lecture, lab] }, { key, instance })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const [row] = await rowsOf(system, lecture);
    expect(row).toMatchObject({ user_id: user, version: 1 });
  });

  it('in mode each do what no rule stops', async () => {
    const { lecture, lab } = await bundle({ labs: [0] });
    const [open, held] = [await course(), await course()];
    const user = newId('usr');
    const ids = await taken(user, [held]);
    const { status, body } = await change(user, {
      mode: 'each',
      add: [lecture, lab, open],
      drop: [ids[held] ?? ''],
    });
    expect(status).toBe(200);
    expect(body.results.map(({ courseId, outcome }) => [courseId, outcome])).toEqual([
      [held, 'dropped'],
      [lecture, 'unchanged'],
      [lab, 'refused'],
      [open, 'enrolled'],
    ]);
    expect(await statusesOf(user, held, lecture, lab, open)).toEqual([
      'dropped',
      undefined,
      undefined,
      'enrolled',
    ]);
  });

  it('in mode each are answered with their results where nothing can be done', async () => {
    const full = await Promise.all([course({ capacity: 0 }), course({ capacity: 0 })]);
    const user = newId('usr');
    for (const instance of [0, 1]) {
      const options = { key: `nothing-${full[0]}`, instance };
      const { status, body } = await change(user, { mode: 'each', add: full }, options);
      expect([status, body.results?.map(({ outcome }) => outcome)]).toEqual([200, ['refused', 'refused']]);
    }
  });

  it('are tried without a write, a lock or more than two calls of the store', async () => {
    const { lecture, lab } = await bundle();
    const held = await course({ meetings: [{ day: 'mon', start: '09:00', end: '10:00', room: 'A' }] });
    const user = newId('usr');
    await taken(user, [held]);
    const dynamo = system.get(Dynamo);
    const calls = [
      'batchGet',
      'transactGet',
      'get',
      'getAll',
      'query',
      'update',
      'transact',
      'delete',
    ] as const;
    const ask = { add: [lecture, lab] };
    await change(user, ask, { dryRun: true });
    const spies = calls.map((name) => vi.spyOn(dynamo, name as 'get'));
    try {
      // A sweep of the same instance may be under way: one of several tries is alone.
      await vi.waitFor(
        async () => {
          for (const spy of spies) spy.mockClear();
          const { status, body } = await change(user, ask, { dryRun: true });
          expect([status, body.applied]).toEqual([200, false]);
          expect(body.results.map(({ outcome, enrollment }) => [outcome, enrollment])).toEqual([
            ['enrolled', null],
            ['enrolled', null],
          ]);
          const made = spies.flatMap(({ mock }, at) => mock.calls.map(() => calls[at]));
          expect(made.filter((name) => name === 'batchGet' || name === 'transactGet')).toEqual(made);
          expect(made.length).toBeLessThanOrEqual(2);
        },
        { timeout: 20_000, interval: 100 },
      );
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(await statusesOf(user, lecture, lab)).toEqual([undefined, undefined]);
  });

  it.each<[string, (open: string) => Parameters<typeof change>[1], number, string]>([
    ['nothing', () => ({}), 422, 'validation_failed'],
    ['one course twice', (open) => ({ add: [open, open] }), 422, 'validation_failed'],
    [
      'eleven entries',
      () => ({ add: Array.from({ length: 11 }, (_, at) => `crs_${at}`) }),
      422,
      'validation_failed',
    ],
    ['a drop of nobody', () => ({ drop: ['enr_nothing_here'] }), 404, 'enrollment_not_found'],
    ['an unknown course', () => ({ add: ['crs_none'] }), 404, 'course_not_found'],
  ])('answer %s clearly, in a dry run too', async (_, ask, status, code) => {
    const open = await course();
    for (const dryRun of [true, false])
      expect(await change(newId('usr'), ask(open), { dryRun })).toMatchObject({ status, body: { code } });
  });

  it('need a key, one semester, and places of their own', async () => {
    const open = await course();
    const user = newId('usr');
    const bare = { user, method: 'POST' as const, path: '/api/enrollments/changes' };
    expect(await system.sendRequest({ ...bare, body: { add: [{ courseId: open }] } })).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_required' },
    });
    const elsewhere = await system.semester('sections-elsewhere');
    const other = await system.course({ semesterId: elsewhere });
    expect(await change(user, { add: [open, other] })).toMatchObject({ status: 422 });
    const theirs = await taken(newId('usr'), [open]);
    expect(await change(user, { drop: [theirs[open] ?? ''] })).toMatchObject({ status: 404 });
  });
});

describe('a place that gives up another one on promotion', () => {
  beforeAll(() => newSemester());

  it('changes both in one commit when a seat comes free, also over instances', async () => {
    const code = 'ART 1';
    const [wanted, had] = [await course({ code, capacity: 1 }), await course({ code, section: '2' })];
    const [holder, user] = [newId('usr'), newId('usr')];
    const first = await taken(holder, [wanted]);
    const own = await taken(user, [had]);
    const asks = { courseId: wanted, joinWaitlist: true, dropOnPromotion: own[had] ?? '' };
    await taken(user, [asks], 1);
    expect(await statusesOf(user, wanted, had)).toEqual(['waitlisted', 'enrolled']);
    await system.drop(holder, first[wanted] ?? '', { instance: 1 });
    await until(async () => expect(await statusesOf(user, wanted, had)).toEqual(['enrolled', 'dropped']));
  });

  it('keeps a lab that another lecture of the student names too', async () => {
    const first = await bundle();
    const linked = [{ component: 'lab', courseIds: first.labs }];
    const second = await course({ linked });
    const wanted = await course({ capacity: 1 });
    const [holder, user] = [newId('usr'), newId('usr')];
    const seat = await taken(holder, [wanted]);
    const own = await taken(user, [first.lecture, second, first.lab]);
    await taken(user, [{ courseId: wanted, joinWaitlist: true, dropOnPromotion: own[first.lecture] ?? '' }]);
    await system.drop(holder, seat[wanted] ?? '');
    const all = [wanted, first.lecture, second, first.lab];
    await until(async () =>
      expect(await statusesOf(user, ...all)).toEqual(['enrolled', 'dropped', 'enrolled', 'enrolled']),
    );
  });

  it('is named and cleared later', async () => {
    const [wanted, had] = [await course({ capacity: 0 }), await course()];
    const user = newId('usr');
    const ids = await taken(user, [had, ...waiting(wanted)]);
    const path = `/api/enrollments/${ids[wanted] ?? ''}`;
    const patch = (dropOnPromotion: string | null) =>
      system.sendRequest({ user, method: 'PATCH', path, body: { dropOnPromotion } });
    expect(await patch(ids[had] ?? '')).toMatchObject({ status: 200, body: { dropOnPromotion: ids[had] } });
    expect(await system.sendRequest({ user, path })).toMatchObject({ body: { dropOnPromotion: ids[had] } });
    const { body: list } = await system.sendRequest({ user, path: '/api/enrollments/me' });
    expect(list['items']).toContainEqual(expect.objectContaining({ dropOnPromotion: ids[had] }));
    expect(await patch(null)).toMatchObject({ status: 200, body: { dropOnPromotion: null } });
    expect(await patch('enr_none_none')).toMatchObject({ status: 404 });
    const elsewhere = await system.course({ semesterId: await system.semester('sections-later') });
    const later = await taken(user, [elsewhere]);
    expect(await patch(later[elsewhere] ?? '')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'dropOnPromotion', code: 'inconsistent' }] },
    });
  });

  it('is judged again as soon as one is named that stood in the way', async () => {
    const meetings = [{ day: 'tue', start: '09:00', end: '10:00', room: 'A' }];
    const [wanted, had] = [await course({ capacity: 1, meetings }), await course({ meetings })];
    const [holder, user] = [newId('usr'), newId('usr')];
    const seat = await taken(holder, [wanted]);
    const place = await taken(user, waiting(wanted));
    const own = await system.enroll(user, had, { sendRequest: { joinWaitlist: true } });
    expect(own.body.status).toBe('enrolled');
    await system.drop(holder, seat[wanted] ?? '');
    const path = `/api/enrollments/${place[wanted] ?? ''}`;
    const history = () =>
      system.sendRequest<{ items: { action: string }[] }>({ user, path: `${path}/history` });
    await until(async () =>
      expect((await history()).body.items.map(({ action }) => action)).toContain('passed_over'),
    );
    const body = { dropOnPromotion: own.body.id };
    expect(await system.sendRequest({ user, method: 'PATCH', path, body })).toMatchObject({ status: 200 });
    await until(async () => expect(await statusesOf(user, wanted, had)).toEqual(['enrolled', 'dropped']));
  });
});

describe('variable credits', () => {
  beforeAll(() => newSemester({ creditLimit: 6 }));

  it('are chosen in quarters within those of the course, and changed by the credit limit', async () => {
    const thesis = await course({ credits: 6, minCredits: 1 });
    const fixed = await course({ credits: 3 });
    const user = newId('usr');
    const ask = (courseId: string, credits: number) =>
      system.enroll(user, courseId, { sendRequest: { credits } });
    expect(await ask(thesis, 0.75)).toMatchObject({ status: 422 });
    expect(await ask(thesis, 6.25)).toMatchObject({ status: 422 });
    expect(await ask(fixed, 2)).toMatchObject({ status: 422 });
    const { status, body } = await ask(thesis, 2.25);
    expect([status, body.credits]).toEqual([201, 2.25]);
    await taken(user, [fixed]);
    const patch = (credits: number) =>
      system.sendRequest({ user, method: 'PATCH', path: `/api/enrollments/${body.id}`, body: { credits } });
    expect(await patch(3)).toMatchObject({ status: 200, body: { credits: 3 } });
    expect(await patch(3.25)).toMatchObject({ status: 409, body: { code: 'credit_limit_exceeded' } });
    expect(await patch(7)).toMatchObject({ status: 422 });
  });
});

describe('reserved seats', () => {
  beforeAll(() => newSemester());
  const match = { groups: ['honors'] };

  async function honors(): Promise<string> {
    const user = system.person();
    const path = `/api/students/${user}`;
    const body = { groups: ['honors'] };
    const headers = { 'if-match': '"1"' };
    const answer = await system.sendRequest({ ...registrar, method: 'PATCH', path, body, headers });
    expect(answer.status).toBe(200);
    return user;
  }

  it('are for those whom they match, and counted live', async () => {
    const reservations = [{ name: 'Honors', seats: 2, match, releasesAt: null }];
    const id = await course({ capacity: 3, reservations });
    const [anybody, late, one] = [newId('usr'), newId('usr'), await honors()];
    await taken(anybody, [id]);
    expect(await system.enroll(late, id)).toMatchObject({ status: 409, body: { code: 'seat_reserved' } });
    const { body } = await system.enroll(one, id);
    expect(body.reservation).toBe('Honors');
    await until(async () => {
      const seats = await system.sendRequest({ path: `/api/courses/${id}/seats`, instance: 1 });
      expect(seats.body).toMatchObject({
        seatsAvailable: 1,
        generalAvailable: 0,
        reservations: [{ name: 'Honors', seats: 2, available: 1, releasesAt: null }],
      });
    });
    await system.drop(one, body.id);
    await until(async () => {
      const seats = await system.sendRequest({ path: `/api/courses/${id}/seats` });
      expect(seats.body).toMatchObject({ reservations: [{ available: 2 }] });
    });
  });

  it('go to the waitlist when they are released, without a request', async () => {
    const releasesAt = new Date(Date.now() + 3_000).toISOString();
    const id = await course({ capacity: 1, reservations: [{ name: 'Honors', seats: 1, match, releasesAt }] });
    const user = newId('usr');
    await taken(user, waiting(id));
    expect(await statusesOf(user, id)).toEqual(['waitlisted']);
    await until(async () => expect(await statusesOf(user, id)).toEqual(['enrolled']));
  });

  it('pass by those whom they are not for, to the next whom they are for', async () => {
    const reservations = [{ name: 'Honors', seats: 1, match, releasesAt: null }];
    const id = await course({ capacity: 1, reservations });
    const [holder, first, second] = [await honors(), newId('usr'), await honors()];
    const ids = await taken(holder, [id]);
    await taken(first, waiting(id));
    await taken(second, waiting(id));
    await system.drop(holder, ids[id] ?? '');
    await until(async () => expect(await statusesOf(second, id)).toEqual(['enrolled']));
    expect(await statusesOf(first, id)).toEqual(['waitlisted']);
  });

  it('stay with who has them when the registrar takes the reservation away, and the rest becomes general', async () => {
    const reservations = [{ name: 'Honors', seats: 2, match, releasesAt: null }];
    const id = await course({ capacity: 2, reservations });
    const [one, waits] = [await honors(), newId('usr')];
    await taken(one, [id]);
    await taken(waits, waiting(id));
    await course({ id, capacity: 2, reservations: [], version: 2 });
    await until(async () => expect(await statusesOf(waits, id)).toEqual(['enrolled']));
    const own = await system.sendRequest({ user: one, path: '/api/enrollments/me' });
    expect(own.body['items']).toMatchObject([{ reservation: 'Honors', status: 'enrolled' }]);
  });
});

describe('a permit', () => {
  beforeAll(() => newSemester());

  it('is used once, by the enrollment that needs it', async () => {
    const id = await course({ consent: 'instructor', capacity: 0 });
    const user = system.person();
    expect(await system.enroll(user, id)).toMatchObject({
      status: 409,
      body: { code: 'permission_required' },
    });
    const granted = await system.sendRequest<{ id: string }>({
      ...registrar,
      method: 'POST',
      path: `/api/courses/${id}/permits`,
      body: { userId: user, allows: ['permission_required', 'seat_unavailable'] },
    });
    expect(granted.status).toBe(201);
    const enrolled = await system.enroll(user, id, { instance: 1 });
    expect(enrolled).toMatchObject({ status: 201, body: { status: 'enrolled' } });
    const { body } = await system.sendRequest({ user, path: '/api/permits/me' });
    expect(body['items']).toMatchObject([{ id: granted.body.id, usedAt: expect.any(String) as string }]);
    const history = await system.sendRequest({ user, path: `/api/enrollments/${enrolled.body.id}/history` });
    expect(history.body['items']).toMatchObject([{ permitId: granted.body.id }]);
    await system.drop(user, enrolled.body.id);
    expect(await system.enroll(user, id)).toMatchObject({
      status: 409,
      body: { code: 'permission_required' },
    });
  });

  it('that was used to wait counts at the promotion, unless it was revoked', async () => {
    const id = await course({ consent: 'instructor', capacity: 1 });
    const grant = async (userId: string) => {
      const body = { userId, allows: ['permission_required'] };
      const path = `/api/courses/${id}/permits`;
      return (await system.sendRequest<{ id: string }>({ ...registrar, method: 'POST', path, body })).body.id;
    };
    const [holder, revoked, kept] = [system.person(), system.person(), system.person()];
    await grant(holder);
    const ids = await taken(holder, [id]);
    const permitId = await grant(revoked);
    await grant(kept);
    await taken(revoked, waiting(id));
    await taken(kept, waiting(id));
    const path = `/api/courses/${id}/permits/${permitId}`;
    expect((await system.sendRequest({ ...registrar, method: 'DELETE', path })).status).toBe(200);
    await system.drop(holder, ids[id] ?? '');
    await until(async () => expect(await statusesOf(kept, id)).toEqual(['enrolled']));
    expect(await statusesOf(revoked, id)).toEqual(['waitlisted']);
  });
});
