import type { AuditEventData } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditRecords } from '../../testing/audit-records.ts';
import { EnrollmentsSystem, registrar } from '../../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(1, { LOG_LEVEL: 'silent' });
  await system.semester('fall');
});
afterAll(() => system.stop());

/** The records about a student or a thing, once there are `count` of them, and what they say. */
async function found(
  isWanted: (record: AuditEventData) => boolean,
  count: number,
): Promise<Pick<AuditEventData, 'action' | 'before' | 'after'>[]> {
  return vi.waitFor(async () => {
    const records = (await auditRecords(system.prefix)).filter(isWanted);
    expect(records).toHaveLength(count);
    return records.map(({ action, before, after }) => ({ action, before, after }));
  }, 15_000);
}

const about = (userId: string) => (record: AuditEventData) => record.subjectId === userId;
const call = <T = Record<string, unknown>>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
) => system.sendRequest<T>({ ...registrar, method, path, ...(body && { body }) });

describe('what staff do to places', () => {
  it('is recorded with both states, and what students do themselves is not', async () => {
    const [courseId, full] = [await system.course(), await system.course({ capacity: 1 })];
    const user = system.person();
    await system.enroll(user, await system.course());
    await system.enroll(system.person(), full);
    const enrolled = await system.enroll('usr_registrar', courseId, {
      ...registrar,
      sendRequest: { userId: user },
    });
    await system.enroll('usr_registrar', full, {
      ...registrar,
      sendRequest: { userId: user, override: ['seat_unavailable'] },
    });
    const path = `/api/enrollments/${enrolled.body.id}`;
    expect((await call('PATCH', path, { status: 'completed', grade: 'A' })).status).toBe(200);
    expect((await call('PATCH', path, { status: 'enrolled' })).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(200);
    const records = await found(about(user), 5);
    expect(records).toMatchObject([
      { action: 'enrollment_enrolled', before: null, after: { courseId, status: 'enrolled' } },
      { action: 'enrollment_enrolled', after: { courseId: full, override: ['seat_unavailable'] } },
      { action: 'enrollment_completed' },
      { action: 'enrollment_enrolled' },
      { action: 'enrollment_dropped' },
    ]);
    expect(records.slice(2).map(({ before, after }) => [before, after])).toEqual([
      [
        { status: 'enrolled', grade: null },
        { status: 'completed', grade: 'A' },
      ],
      [
        { status: 'completed', grade: 'A' },
        { status: 'enrolled', grade: null },
      ],
      [{ status: 'enrolled' }, { status: 'dropped' }],
    ]);
  });

  it('is one record of a whole import', async () => {
    const courseId = await system.course();
    const people = [
      system.person({ email: 'one@registrar.example' }),
      system.person({ email: 'two@registrar.example' }),
    ];
    const answer = await system.sendRequest({
      ...registrar,
      method: 'POST',
      path: '/api/enrollments/import',
      key: 'import-of-two',
      body: `email,courseId\none@registrar.example,${courseId}\ntwo@registrar.example,${courseId}\n`,
      headers: { 'content-type': 'text/csv' },
    });
    expect([answer.body, answer.status]).toMatchObject([{ enrolled: 2 }, 200]);
    await found(({ action }) => action === 'enrollments_imported', 1);
    const [record] = await found(({ action }) => action === 'enrollments_imported', 1);
    expect(record?.after).toEqual({ enrolled: 2, waitlisted: 0, refused: 0 });
    await found(({ subjectId }) => people.includes(subjectId ?? ''), 0);
  });
});

describe('what staff do to records', () => {
  it('is recorded, and of reasons and notes only that there are some', async () => {
    const user = system.person();
    const hold = await call<{ id: string }>('POST', '/api/holds', {
      userId: user,
      office: 'Bursar',
      reason: 'A secret fee.',
      blocks: ['enroll'],
    });
    await call('DELETE', `/api/holds/${hold.body.id}`);
    const changed = await system.sendRequest({
      ...registrar,
      method: 'PATCH',
      path: `/api/students/${user}`,
      body: { programs: ['CS'], level: 'senior' },
      headers: { 'if-match': '*' },
    });
    expect(changed.status).toBe(200);
    const completions = `/api/students/${user}/completions`;
    const done = { code: 'MATH 101', credits: 4, grade: 'B', completedOn: '2026-05-15' };
    const { body: completion } = await call<{ id: string }>('POST', completions, done);
    expect((await call('DELETE', `${completions}/${completion.id}`)).status).toBe(204);
    const courseId = await system.course();
    const permit = await call<{ id: string }>('POST', `/api/courses/${courseId}/permits`, {
      userId: user,
      allows: ['seat_unavailable'],
      note: 'A secret note.',
    });
    expect((await call('DELETE', `/api/courses/${courseId}/permits/${permit.body.id}`)).status).toBe(200);
    const records = await found(about(user), 7);
    expect(records).toMatchObject([
      { action: 'hold_placed', before: null, after: { office: 'Bursar', reason: 'changed' } },
      { action: 'hold_released', before: { releasedAt: null }, after: { releasedBy: 'usr_registrar' } },
      { action: 'student_changed', before: { level: null }, after: { programs: 'changed', level: 'senior' } },
      { action: 'completion_noted', before: null, after: done },
      { action: 'completion_removed', before: done, after: null },
      { action: 'permit_granted', after: { courseId, allows: ['seat_unavailable'], note: 'changed' } },
      { action: 'permit_revoked', before: { revokedAt: null } },
    ]);
    expect(JSON.stringify(await auditRecords(system.prefix))).not.toMatch(/secret|Ada|@registrar/);
  });
});

describe('what staff read', () => {
  it('is recorded by page, but for the own data and what is refused', async () => {
    const teacher = { user: 'usr_teacher', roles: ['instructor' as const] };
    const courseId = await system.course({ instructorIds: ['usr_teacher'] });
    const [user, other] = [system.person(), system.person()];
    const { body } = await system.enroll(user, courseId);
    await system.enroll(other, courseId);
    const roster = `/api/courses/${courseId}/roster`;
    const first = await system.sendRequest<{ nextCursor: string }>({ ...teacher, path: `${roster}?limit=1` });
    await system.sendRequest({ ...teacher, path: `${roster}?limit=1&cursor=${first.body.nextCursor}` });
    expect((await system.sendRequest({ user, path: roster })).status).toBe(403);
    for (const caller of [{ user }, registrar]) {
      for (const path of [
        `/api/enrollments/${body.id}/history`,
        `/api/students/${user}`,
        `/api/students/${user}/completions`,
      ])
        expect((await system.sendRequest({ ...caller, path })).status).toBe(200);
    }
    const resource = `course:${courseId}/roster`;
    const ofRoster = await found((record) => record.resource === resource, 3);
    expect(ofRoster.map(({ action, after }) => [action, after])).toEqual([
      ['roster_read', null],
      ['roster_read', null],
      ['access_refused', { method: 'GET', code: 'forbidden' }],
    ]);
    const ofStudent = await found(about(user), 3);
    expect(ofStudent.map(({ action }) => action)).toEqual([
      'history_read',
      'student_read',
      'completions_read',
    ]);
  });
});
