import type { HistoryEntry } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from '../testing/enrollments-system.ts';
import { maxKept } from './history-split.rules.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

function historyOf(id: string, call: object = registrar) {
  return system.sendRequest<{ items: HistoryEntry[] }>({ path: `/api/enrollments/${id}/history`, ...call });
}

describe('the history of an enrollment', () => {
  it('tells every change with its actor, cause and override, to those who may know', async () => {
    const user = system.person();
    const instructor = newId('usr');
    const courseId = await system.course({ capacity: 0, instructorIds: [instructor] });
    const ask = { userId: user, override: ['seat_unavailable'] };
    const { body } = await system.enroll('', courseId, { ...registrar, sendRequest: ask });
    await system.drop('', body.id, registrar);
    const { status, headers, body: history } = await historyOf(body.id, { user });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'private, no-cache',
      etag: expect.any(String) as string,
    });
    const by = { actorId: 'usr_registrar', actorRole: 'registrar', permitId: null };
    expect(history.items).toEqual([
      {
        at: expect.any(String) as string,
        action: 'enrolled',
        status: 'enrolled',
        reason: null,
        override: ['seat_unavailable'],
        ...by,
      },
      {
        at: expect.any(String) as string,
        action: 'dropped',
        status: 'dropped',
        reason: 'by_registrar',
        override: [],
        ...by,
      },
    ]);
    expect((await historyOf(body.id, { user: instructor, roles: ['instructor'] })).body).toEqual(history);
    for (const stranger of [{ user: newId('usr') }, { user: newId('usr'), roles: ['instructor'] }])
      expect(await historyOf(body.id, stranger)).toMatchObject({
        status: 404,
        body: { code: 'enrollment_not_found' },
      });
    expect((await system.sendRequest({ path: `/api/enrollments/${body.id}/history` })).status).toBe(401);
  });

  it('stays whole where it has grown beyond what the enrollment keeps', async () => {
    const user = newId('usr');
    const courseId = await system.course();
    const cycles = 80;
    let id = '';
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      id = (await system.enroll(user, courseId)).body.id;
      await system.drop(user, id);
    }
    const { items } = (await historyOf(id)).body;
    expect(items.map(({ action }) => action)).toEqual(
      Array.from({ length: cycles }, () => ['enrolled', 'dropped']).flat(),
    );
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort());
    const item = await system.dynamo.get<{ history: HistoryEntry[] }>('enrollments', { id });
    expect(item?.history.length).toBeLessThanOrEqual(maxKept);
  });
});
