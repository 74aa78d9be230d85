import { readFileSync } from 'node:fs';
import type { Completion, Enrollment, Student } from '@registrar/contracts-enrollments';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem, registrar } from './testing/enrollments-system.ts';

const [first, second, third] = [
  'usr_aaaaaaaaaaaaaaaaaaaa',
  'usr_bbbbbbbbbbbbbbbbbbbb',
  'usr_cccccccccccccccccccc',
] as const;

let system: EnrollmentsSystem;

/** Puts what the version before students' records wrote into the tables: two completed CS 101, one is in CS 102, two wait. */
beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  for (const id of [first, second, third]) system.person({ id });
  const file = new URL('./testing/fixtures/before-records.json', import.meta.url);
  const tables = JSON.parse(readFileSync(file, 'utf8'), revive) as Record<string, Record<string, unknown>[]>;
  const { dynamo } = system;
  for (const [table, items] of Object.entries(tables)) {
    for (const Item of items) await dynamo.put({ TableName: dynamo.tables.name(table), Item });
  }
});
afterAll(() => system.stop());

function revive(_key: string, value: unknown): unknown {
  const isSet = typeof value === 'object' && value !== null && 'set' in value;
  return isSet ? new Set(value.set as string[]) : value;
}

const get = async <T>(user: string, path: string) => (await system.sendRequest<T>({ user, path })).body;
const own = async (user: string) =>
  (await get<{ items: Enrollment[] }>(user, '/api/enrollments/me')).items.find(
    ({ courseCode }) => courseCode === 'CS 102',
  );

describe('data of the last version', () => {
  it('gives students what they had, without a grade', async () => {
    const { items } = await get<{ items: Enrollment[] }>(first, '/api/enrollments/me');
    expect(items.map(({ courseCode, status, grade }) => [courseCode, status, grade])).toEqual([
      ['CS 102', 'enrolled', null],
      ['CS 101', 'completed', null],
    ]);
    expect((await own(second))?.waitlistPosition).toBe(1);
  });

  it('counts what was completed as completed', async () => {
    const { items } = await get<{ items: Completion[] }>(first, '/api/students/me/completions');
    expect(items).toMatchObject([{ code: 'CS 101', credits: 4, grade: null, source: 'enrollment' }]);
    expect(await get<Student>(first, '/api/students/me')).toMatchObject({ earnedCredits: 4, version: 1 });
    const again = await system.course({ semesterId: 'now', prerequisites: ['cs 101'] });
    expect((await system.enroll(second, again)).status).toBe(201);
    expect((await system.enroll(third, again)).body.code).toBe('prerequisite_not_met');
  });

  it('takes grades, changes of the semester and of the course', async () => {
    const id = `enr_basicsbasicsbasicsba_${second.slice(4)}`;
    const body = { status: 'completed', grade: 'A' };
    const graded = await system.sendRequest({
      ...registrar,
      method: 'PATCH',
      path: `/api/enrollments/${id}`,
      body,
    });
    expect(graded).toMatchObject({ status: 200, body: { grade: 'A', version: 3 } });
    expect(await get<{ items: Completion[] }>(second, '/api/students/me/completions')).toMatchObject({
      items: [{ code: 'CS 101', grade: 'A' }],
    });
    expect(await get<object>(second, '/api/semesters/now/window')).toMatchObject({
      ticket: null,
      isOpen: true,
    });
  });

  it('promotes who waits, by the override of before', async () => {
    const seat = await own(first);
    await system.drop(first, seat?.id ?? '');
    await until(async () => (await own(second))?.status === 'enrolled');
    await system.drop(second, (await own(second))?.id ?? '');
    await until(async () => (await own(third))?.status === 'enrolled');
  });
});
