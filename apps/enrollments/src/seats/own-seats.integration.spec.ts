import type { OwnSeats } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

const own = (user: string, courseId: string) =>
  system.sendRequest<OwnSeats & { code: string }>({ user, path: `/api/courses/${courseId}/seats/me` });

async function studentIn(group: string): Promise<string> {
  const user = system.person();
  const path = `/api/students/${user}`;
  const change = { ...registrar, method: 'PATCH' as const, path, headers: { 'if-match': '*' } };
  expect((await system.sendRequest({ ...change, body: { groups: [group] } })).status).toBe(200);
  return user;
}

describe('the seats that the caller could take', () => {
  it('are those of the matching reservations and the general ones, the reserved first', async () => {
    const honors = { name: 'Honors', seats: 2, match: { groups: ['honors'] }, releasesAt: null };
    const courseId = await system.course({ capacity: 3, reservations: [honors] });
    const reserved = await studentIn('honors');
    expect((await own(reserved, courseId)).body).toEqual({ available: 3, reservation: 'Honors' });
    expect((await own(newId('usr'), courseId)).body).toEqual({ available: 1, reservation: null });
    expect((await system.enroll(newId('usr'), courseId)).status).toBe(201);
    expect((await own(newId('usr'), courseId)).body).toEqual({ available: 0, reservation: null });
    expect((await own(reserved, courseId)).body).toEqual({ available: 2, reservation: 'Honors' });
  });

  it('are none that are there: of an unknown course, a draft, or for nobody', async () => {
    const draft = await system.course({ status: 'draft' });
    for (const id of [draft, 'crs_unknown'])
      expect(await own(newId('usr'), id)).toMatchObject({ status: 404, body: { code: 'course_not_found' } });
    expect((await system.sendRequest({ path: `/api/courses/${draft}/seats/me` })).status).toBe(401);
  });
});
