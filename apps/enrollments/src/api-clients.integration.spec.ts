import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { scopeFaults, testClient } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem } from './testing/enrollments-system.ts';

let system: EnrollmentsSystem;
let headers: { authorization: string };

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
  headers = system.issuer.clientBearer(['enrollments.write', 'enrollments.read']);
});
afterAll(() => system.stop());

const enroll = (body: object) =>
  system.sendRequest<Enrollment & { code: string; errors: { path: string; code: string }[] }>({
    method: 'POST',
    path: '/api/enrollments',
    key: crypto.randomUUID(),
    headers,
    body,
  });

describe('an API client', () => {
  it('may do what its scopes say and nothing else, also without a gateway before the service', async () => {
    expect(await scopeFaults(enrollmentRoutes, system.urls[0] ?? '', system.issuer)).toEqual([]);
  });

  it('enrolls and drops the student that it names, and stands in the history as who did it', async () => {
    const [userId, courseId] = [system.person(), await system.course()];
    const enrolled = await enroll({ userId, courseId });
    expect(enrolled).toMatchObject({ status: 201, body: { userId, status: 'enrolled' } });
    const path = `/api/enrollments/${enrolled.body.id}`;
    const dropped = await system.sendRequest({ method: 'DELETE', path, headers });
    expect(dropped).toMatchObject({ status: 200, body: { status: 'dropped' } });
    const history = await system.sendRequest<{ items: object[] }>({ path: `${path}/history`, headers });
    const by = { actorId: testClient, actorRole: 'registrar' };
    expect(history.body.items).toMatchObject([
      { action: 'enrolled', ...by },
      { action: 'dropped', ...by },
    ]);
  });

  it('is no student: it has to name one, and cannot name itself', async () => {
    const courseId = await system.course();
    for (const [body, code] of [
      [{ courseId }, 'required'],
      [{ courseId, userId: testClient }, 'not_found'],
    ] as const) {
      const refused = await enroll(body);
      expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed']);
      expect(refused.body.errors).toMatchObject([{ path: 'userId', code }]);
    }
    const changes = { method: 'POST', path: '/api/enrollments/changes', headers } as const;
    const body = { add: [{ courseId }], drop: [], mode: 'all' };
    const refused = await system.sendRequest({ ...changes, body, key: crypto.randomUUID() });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'userId', code: 'required' }] } });
  });
});
