import { randomUUID } from 'node:crypto';
import type { ImportResult } from '@registrar/contracts-enrollments';
import { ChangeRefused, Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import { requestText } from '../testing/text-answer.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

async function send(body: string | Buffer, more: { query?: string; key?: string; type?: string } = {}) {
  const headers = {
    'content-type': more.type ?? 'text/csv; charset=utf-8',
    ...(more.key === undefined ? {} : { 'idempotency-key': more.key }),
  };
  const path = `/api/enrollments/import${more.query ?? ''}`;
  const answer = await requestText(system, path, { ...registrar, method: 'POST', body, headers });
  return {
    ...answer,
    body: JSON.parse(answer.text) as ImportResult & { code: string; errors: { path: string }[] },
  };
}

/** Counts the transactions from now on. */
function countTransactions(): () => number {
  const dynamo = system.get(Dynamo);
  const transact = dynamo.transact.bind(dynamo);
  let count = 0;
  dynamo.transact = (actions, options) => {
    count += 1;
    return transact(actions, options);
  };
  return () => {
    dynamo.transact = transact;
    return count;
  };
}

const file = (...lines: (readonly [email: string, courseId: string])[]) =>
  ['email,courseId', ...lines.map((line) => line.join(','))].join('\n');

/** A person that the gateway knows; gives id and mail. */
function person(): { id: string; email: string } {
  const id = system.person();
  return { id, email: `${id.slice(4)}@registrar.example` };
}

const enrollmentsOf = async (user: string) =>
  (
    await system.sendRequest<{ items: { courseId: string; status: string }[] }>({
      user,
      path: '/api/enrollments/me',
    })
  ).body.items;

describe('an import', () => {
  it('refuses a line whose change the store does not take, and does the others', async () => {
    const [a, b, c] = [person(), person(), person()];
    const courseId = await system.course({ capacity: 5 });
    const dynamo = system.get(Dynamo);
    const transact = dynamo.transact.bind(dynamo);
    dynamo.transact = (actions, options) =>
      JSON.stringify(actions).includes(b.id)
        ? Promise.reject(new ChangeRefused(undefined))
        : transact(actions, options);
    const answer = await send(file([a.email, courseId], [b.email, courseId], [c.email, courseId]), {
      key: randomUUID(),
    });
    dynamo.transact = transact;
    expect(answer).toMatchObject({
      status: 200,
      body: { enrolled: 2, waitlisted: 0, refused: [{ line: 3, code: 'change_refused' }] },
    });
  });

  it('gives every line its verdict, by the rules, in the order of the file', async () => {
    const [a, b, c] = [person(), person(), person()];
    const full = await system.course({ capacity: 1, waitlistCapacity: 1 });
    const closed = await system.course({ status: 'closed' });
    const draft = await system.course({ status: 'draft' });
    const lines = file(
      [a.email, full],
      [b.email.toUpperCase(), full],
      [c.email, full],
      ['nobody@registrar.example', full],
      [c.email, closed],
      [c.email, draft],
      [c.email, 'crs_unknown'],
      [a.email, full],
      ['nonsense', full],
    );
    const { status, body } = await send(lines);
    expect(status).toBe(200);
    expect(body).toMatchObject({ enrolled: 1, waitlisted: 1 });
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'waitlist_full'],
      [5, 'user_not_found'],
      [6, 'course_not_open'],
      [7, 'course_not_found'],
      [8, 'course_not_found'],
      [9, 'already_enrolled'],
      [10, 'invalid_line'],
    ]);
    for (const { detail } of body.refused) expect(detail).not.toBe('');
    expect(await enrollmentsOf(a.id)).toMatchObject([{ courseId: full, status: 'enrolled' }]);
    expect(await enrollmentsOf(b.id)).toMatchObject([{ courseId: full, status: 'waitlisted' }]);
    const [{ id = '' } = {}] = (
      await system.sendRequest<{ items: { id: string }[] }>({ user: a.id, path: '/api/enrollments/me' })
    ).body.items;
    const history = await system.sendRequest({ path: `/api/enrollments/${id}/history`, ...registrar });
    expect(history.body).toMatchObject({ items: [{ actorId: 'usr_registrar', actorRole: 'registrar' }] });
  });

  it('of the same file again changes nothing and refuses each line', async () => {
    const people = [person(), person(), person()];
    const courseId = await system.course({ capacity: 2, waitlistCapacity: 5 });
    const lines = file(...people.map(({ email }) => [email, courseId] as const));
    expect((await send(lines)).body).toEqual({ enrolled: 2, waitlisted: 1, refused: [] });
    const again = await send(lines);
    expect(again.body).toMatchObject({ enrolled: 0, waitlisted: 0 });
    expect(again.body.refused.map(({ code }) => code)).toEqual(people.map(() => 'already_enrolled'));
  });

  it('under the same key gives the first answer again, also where its first try broke off', async () => {
    const people = [person(), person(), person(), person()];
    const courseId = await system.course({ capacity: 10 });
    const lines = file(...people.map(({ email }) => [email, courseId] as const));
    const key = randomUUID();
    const committer = system.get(CourseCommitter);
    const submit = committer.submit.bind(committer);
    let taken = 0;
    committer.submit = (command) =>
      ++taken > 2 ? Promise.reject(new Error('the instance dies')) : submit(command);
    expect((await send(lines, { key })).status).toBe(500);
    committer.submit = submit;
    expect((await send(lines, { key })).body).toEqual({ enrolled: 4, waitlisted: 0, refused: [] });
    const third = await send(lines, { key });
    expect(third.headers['idempotency-replayed']).toBe('true');
    expect(third.body).toEqual({ enrolled: 4, waitlisted: 0, refused: [] });
    expect(await send(`${lines}\n`, { key })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    const seats = await system.sendRequest({ path: `/api/courses/${courseId}/seats` });
    expect(seats.body).toMatchObject({ enrolledCount: 4 });
  });

  it('decides like one line after the other, whatever share of the file a student has', async () => {
    const people = Array.from({ length: 12 }, person);
    const meetings = [{ day: 'mon', start: '09:00', end: '10:00', room: 'A1' }];
    const courses = [
      await system.course({ capacity: 4, waitlistCapacity: 3, meetings }),
      await system.course({ capacity: 5, waitlistCapacity: 20, credits: 10 }),
      await system.course({ capacity: 30, meetings, credits: 9 }),
    ];
    const lines = file(...people.flatMap(({ email }) => courses.map((id) => [email, id] as const)));
    const dry = await send(lines, { query: '?dryRun=true' });
    expect(dry.status).toBe(200);
    expect(await Promise.all(people.map(({ id }) => enrollmentsOf(id)))).toEqual(people.map(() => []));
    const real = await send(lines);
    expect(real.body).toEqual(dry.body);
    expect(real.body.enrolled).toBeGreaterThan(8);
    expect(new Set(real.body.refused.map(({ code }) => code))).toEqual(
      new Set(['time_conflict', 'waitlist_full', 'credit_limit_exceeded']),
    );
    const roster = await system.sendRequest<{ items: { userId: string }[] }>({
      path: `/api/courses/${courses[0] ?? ''}/roster?status=waitlisted`,
      ...registrar,
    });
    const waiting = roster.body.items as { userId: string; waitlistPosition: number }[];
    expect(
      waiting.sort((a, b) => a.waitlistPosition - b.waitlistPosition).map(({ userId }) => userId),
    ).toEqual(people.slice(4, 7).map(({ id }) => id));
  });

  it('takes a file as offices send them: semicolons, other columns, quoted line breaks, blank rows', async () => {
    const [a, b] = [person(), person()];
    const courseId = await system.course({ capacity: 5 });
    const rows = [
      'Note;COURSEID;Email',
      `"two\r\nlines; ""quoted""";${courseId}; ${a.email} `,
      ';;',
      `;${courseId};nobody@registrar.example`,
      `;${courseId};"${b.email}"`,
      `;${courseId};nonsense`,
      'x',
    ];
    const { body } = await send(`\uFEFF${rows.join('\r\n')}\r\n`);
    expect(body.enrolled).toBe(2);
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [5, 'user_not_found'],
      [7, 'invalid_line'],
      [8, 'invalid_line'],
    ]);
    const refused = await send(`email;course\n${a.email};${courseId}\n`);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'header' }] } });
    expect(refused.text).toMatch(/courseId is missing.*a semicolon/);
  });

  it('takes 5,000 lines, many of them in each transaction', async () => {
    const people = Array.from({ length: 1_250 }, () => {
      const id = newId('usr');
      return { user_id: id, email: `${id.slice(4)}@registrar.example`, name: 'Ada Moss', version: 1 };
    });
    const table = system.dynamo.tables.name('people');
    await system.dynamo.batchWrite(people.map((put) => ({ table, put })));
    const courses = await Promise.all(Array.from({ length: 40 }, () => system.course({ capacity: 150 })));
    const lines = people.flatMap(({ email }, at) =>
      Array.from({ length: 4 }, (_, nth) => [email, courses[(at + nth * 10) % 40] ?? ''] as const),
    );
    const dry = await send(file(...lines), { query: '?dryRun=true' });
    const transactions = countTransactions();
    const { body } = await send(file(...lines));
    expect(transactions()).toBeLessThan(5_000 / 4);
    expect(body).toEqual(dry.body);
    expect(body).toEqual({ enrolled: 5_000, waitlisted: 0, refused: [] });
  }, 180_000);
});

describe('lines about linked sections', () => {
  /** A lecture and its lab. */
  async function linked(lecture: object = {}, lab: object = {}) {
    const labId = await system.course({
      capacity: 5,
      waitlistCapacity: 5,
      component: 'lab',
      credits: 1,
      ...lab,
    });
    const more = { linked: [{ component: 'lab', courseIds: [labId] }], ...lecture };
    return [await system.course({ capacity: 5, waitlistCapacity: 5, ...more }), labId] as const;
  }
  const statuses = async (user: string, ...ids: string[]) => {
    const rows = await enrollmentsOf(user);
    return ids.map((id) => rows.find(({ courseId }) => courseId === id)?.status);
  };

  it('are one change of their student, the same again is none, and a dry run says so', async () => {
    const [a, b] = [person(), person()];
    const [lecture, lab] = await linked();
    const other = await system.course();
    // In whatever order, and with other lines between them.
    const lines = file(
      [a.email, lab],
      [b.email, lecture],
      [a.email, other],
      [a.email, lecture],
      [b.email, lab],
    );
    const dry = await send(lines, { query: '?dryRun=true' });
    expect(await enrollmentsOf(a.id)).toEqual([]);
    const transactions = countTransactions();
    const real = await send(lines);
    expect(transactions()).toBeLessThanOrEqual(3);
    expect(real.body).toEqual({ enrolled: 5, waitlisted: 0, refused: [] });
    expect(dry.body).toEqual(real.body);
    expect(await statuses(a.id, lecture, lab, other)).toEqual(['enrolled', 'enrolled', 'enrolled']);
    const dryAgain = await send(lines, { query: '?dryRun=true' });
    const again = await send(lines);
    expect(again.body).toMatchObject({ enrolled: 0, waitlisted: 0 });
    expect(again.body.refused.map(({ line, code }) => [line, code])).toEqual(
      [2, 3, 4, 5, 6].map((line) => [line, 'already_enrolled']),
    );
    expect(dryAgain.body).toEqual(again.body);
  });

  it('are taken together or not at all', async () => {
    const [a, b, c] = [person(), person(), person()];
    const [lecture, lab] = await linked({}, { capacity: 1, waitlistCapacity: 1 });
    const lines = file(
      [a.email, lecture],
      [a.email, lab],
      [b.email, lecture],
      [b.email, lab],
      [c.email, lecture],
      [c.email, lab],
    );
    const dry = await send(lines, { query: '?dryRun=true' });
    const { body } = await send(lines);
    expect(body).toMatchObject({ enrolled: 2, waitlisted: 2 });
    expect(body.refused).toMatchObject([
      {
        line: 6,
        code: 'linked_section_required',
        detail: expect.stringContaining('line 7 (waitlist_full)') as string,
      },
      { line: 7, code: 'waitlist_full', params: { limit: 1 } },
    ]);
    expect(dry.body).toEqual(body);
    expect(await statuses(b.id, lecture, lab)).toEqual(['waitlisted', 'waitlisted']);
    expect(await enrollmentsOf(c.id)).toEqual([]);
  });

  it('are refused alone: without the other one, and where that one cannot be read or is not offered', async () => {
    const [a, b, c] = [person(), person(), person()];
    const [lecture, lab] = await linked();
    const [drafted, draft] = await linked({}, { status: 'draft' });
    const lines = [
      'email,courseId,credits',
      `${a.email},${lecture},`,
      `${b.email},${lecture},`,
      `${b.email},${lab},many`,
      `${c.email},${drafted},`,
      `${c.email},${draft},`,
    ].join('\n');
    const dry = await send(lines, { query: '?dryRun=true' });
    const { body } = await send(lines);
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'linked_section_required'],
      [3, 'linked_section_required'],
      [4, 'invalid_line'],
      [5, 'linked_section_required'],
      [6, 'course_not_found'],
    ]);
    expect(dry.body).toEqual(body);
  });

  it('are decided once under a key, also where the first try broke off', async () => {
    const people = [person(), person(), person()];
    const [lecture, lab] = await linked();
    const lines = file(...people.flatMap(({ email }) => [[email, lecture] as const, [email, lab] as const]));
    const key = randomUUID();
    const committer = system.get(CourseCommitter);
    const submit = committer.submit.bind(committer);
    let taken = 0;
    committer.submit = (command) =>
      ++taken > 2 ? Promise.reject(new Error('the instance dies')) : submit(command);
    expect((await send(lines, { key })).status).toBe(500);
    committer.submit = submit;
    expect((await send(lines, { key })).body).toEqual({ enrolled: 6, waitlisted: 0, refused: [] });
  });

  it('go in the order of the file, with lines that are not linked between them', async () => {
    const people = Array.from({ length: 12 }, person);
    const [lecture, lab] = await linked({ capacity: 4, waitlistCapacity: 3 }, { capacity: 20 });
    const other = await system.course({ capacity: 6, waitlistCapacity: 2 });
    const lines = file(
      ...people.flatMap(
        ({ email }) =>
          [
            [email, lecture],
            [email, other],
            [email, lab],
          ] as const,
      ),
    );
    const dry = await send(lines, { query: '?dryRun=true' });
    const { body } = await send(lines);
    expect(body).toEqual(dry.body);
    expect(body).toMatchObject({ enrolled: 8 + 6, waitlisted: 6 + 2 });
    const first = await Promise.all(people.slice(0, 4).map(({ id }) => statuses(id, lecture, lab)));
    expect(first).toEqual(people.slice(0, 4).map(() => ['enrolled', 'enrolled']));
  });

  it('are many changes of one lecture without a failure', async () => {
    const people = Array.from({ length: 120 }, person);
    const [lecture, lab] = await linked(
      { capacity: 100, waitlistCapacity: 20 },
      { capacity: 120, waitlistCapacity: 20 },
    );
    const lines = file(
      ...people.flatMap(
        ({ email }) =>
          [
            [email, lecture],
            [email, lab],
          ] as const,
      ),
    );
    expect((await send(lines)).body).toEqual({ enrolled: 200, waitlisted: 40, refused: [] });
  }, 120_000);
});

describe('the credits of a line', () => {
  it('are those of variable credits that it names', async () => {
    const [a, b, c, d] = [person(), person(), person(), person()];
    const thesis = await system.course({ credits: 12, minCredits: 3 });
    const fixed = await system.course({ credits: 3 });
    const lines = [
      'email;courseId;Credits',
      `${a.email};${thesis};4.5`,
      `${b.email};${thesis};`,
      `${c.email};${thesis};2`,
      `${d.email};${thesis};2.6`,
      `${a.email};${fixed};3`,
      `${b.email};${fixed};1`,
    ].join('\n');
    const dry = await send(lines, { query: '?dryRun=true' });
    const { body } = await send(lines);
    expect(body).toMatchObject({ enrolled: 3 });
    expect(body.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'invalid_line'],
      [5, 'invalid_line'],
      [7, 'invalid_line'],
    ]);
    for (const { detail } of body.refused) expect(detail).toMatch(/credits/);
    expect(dry.body).toEqual(body);
    const own = (user: string) =>
      system.sendRequest<{ items: { credits: number }[] }>({ user, path: `/api/enrollments/me` });
    expect((await own(a.id)).body.items.map(({ credits }) => credits).sort()).toEqual([3, 4.5]);
    expect((await own(b.id)).body.items.map(({ credits }) => credits)).toEqual([12]);
  });
});

describe('an import that is no import', () => {
  it('is refused as a whole', async () => {
    const { email } = person();
    const courseId = await system.course();
    const lines = file([email, courseId]);
    expect(await send(lines.replace('email', 'mail'))).toMatchObject({
      status: 422,
      body: { code: 'validation_failed', errors: [{ path: 'header' }] },
    });
    expect(await send('')).toMatchObject({ status: 422, body: { errors: [{ path: 'header' }] } });
    const many = file(...Array.from({ length: 5_001 }, () => [email, courseId] as const));
    expect(await send(many)).toMatchObject({ status: 422, body: { errors: [{ path: 'lines' }] } });
    expect(await send(`${lines}\n${'x'.repeat(8 * 1_048_576 + 1)}`)).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    });
    const wrongType = { status: 415, body: { code: 'unsupported_media_type' } };
    expect(await send('{}', { type: 'application/json' })).toMatchObject(wrongType);
    expect(await send(lines, { type: 'text/plain' })).toMatchObject(wrongType);
    expect(await send(lines, { query: '?dryRun=yes' })).toMatchObject({ status: 422 });
    expect(await send(lines, { query: '?dry=true' })).toMatchObject({ status: 422 });
    expect(await send(lines, { key: 'a b' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_idempotency_key' },
    });
    expect((await system.sendRequest({ path: `/api/courses/${courseId}/seats` })).body).toMatchObject({
      enrolledCount: 0,
    });
  });

  it('of nobody is a file of no lines', async () => {
    expect((await send('email,courseId\r\n')).body).toEqual({ enrolled: 0, waitlisted: 0, refused: [] });
  });

  it('is for registrars, and CSV is for it alone', async () => {
    const headers = { 'content-type': 'text/csv' };
    const call = { method: 'POST' as const, body: file(), headers };
    const path = '/api/enrollments/import';
    for (const role of ['student', 'instructor'] as const)
      expect((await requestText(system, path, { ...call, user: newId('usr'), roles: [role] })).status).toBe(
        403,
      );
    expect((await requestText(system, path, call)).status).toBe(401);
    expect((await requestText(system, '/api/enrollments', { ...call, user: newId('usr') })).status).toBe(415);
    expect((await requestText(system, path, { ...registrar, headers })).status).toBe(404);
  });
});
