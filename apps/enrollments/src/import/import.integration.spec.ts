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
