import type { Hold, Permit, PermitRequest } from '@registrar/contracts-enrollments';
import { clockNow, newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, openSemester, registrar } from './testing/enrollments-system.ts';

const day = 86_400;
const teacher = { user: 'usr_teacher', roles: ['instructor' as const] };

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
  await system.semester('long-ago', { withdrawDeadlineAt: '2020-01-01T00:00:00.000Z' });
});
afterAll(() => system.stop());

const item = (table: string, key: object) =>
  system.dynamo.get<{ expires_at?: number | string; kept_until?: number }>(table, { ...key });

const lastDeadline = () => Math.ceil(Date.parse(openSemester.withdrawDeadlineAt) / 1_000);

async function permitsIn(semesterId: string) {
  const [user, other] = [system.person(), system.person()];
  const courseId = await system.course({ semesterId, instructorIds: [teacher.user] });
  const granted = await system.sendRequest<Permit>({
    ...teacher,
    method: 'POST',
    path: `/api/courses/${courseId}/permits`,
    body: { userId: user, allows: ['permission_required'] },
  });
  const asked = await system.sendRequest<PermitRequest>({
    user: other,
    method: 'POST',
    path: `/api/courses/${courseId}/permit-requests`,
    body: { reason: 'I took the same course elsewhere.' },
  });
  expect([granted.status, asked.status]).toEqual([201, 201]);
  return [
    await item('permits', { id: granted.body.id }),
    await item('permit_requests', { id: asked.body.id }),
    await item('permit_requests', { id: `open#${courseId}#${other}` }),
  ];
}

describe('what is kept for a time only', () => {
  it('is a hold from its release on', async () => {
    const userId = system.person();
    const body = { userId, office: 'Student Accounts', reason: 'A library fee is open.' };
    const placed = await system.sendRequest<Hold>({ ...registrar, method: 'POST', path: '/api/holds', body });
    expect(await item('holds', { id: placed.body.id })).not.toHaveProperty('expires_at');
    const path = `/api/holds/${placed.body.id}`;
    const { body: released } = await system.sendRequest<Hold>({ ...registrar, method: 'DELETE', path });
    const releasedAt = Math.ceil(Date.parse(released.releasedAt ?? '') / 1_000);
    expect(await item('holds', { id: placed.body.id })).toMatchObject({ expires_at: releasedAt + 365 * day });
  });

  it('are permits and requests for them, from the last deadline of their semester on', async () => {
    for (const found of await permitsIn('fall'))
      expect(found).toMatchObject({ kept_until: lastDeadline() + 365 * day });
  });

  it('are those of a semester that is long over, from now on', async () => {
    const now = clockNow() / 1_000;
    for (const found of await permitsIn('long-ago'))
      expect(found?.kept_until).toBeGreaterThan(now + 364 * day);
  });

  it('is a plan, from the last deadline of its semester on', async () => {
    const user = newId('usr');
    const choices = [{ courses: [{ courseId: await system.course() }] }];
    const entries = [{ joinWaitlist: false, choices }];
    const body = { entries, armed: false };
    const put = await system.sendRequest({ user, method: 'PUT', path: '/api/plans/fall', body });
    expect(put.status).toBe(200);
    expect(await item('plans', { user_id: user, semester_id: 'fall' })).toMatchObject({
      expires_at: lastDeadline() + 180 * day,
    });
  });
});
