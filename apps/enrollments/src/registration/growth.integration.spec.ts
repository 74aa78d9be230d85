import { randomUUID } from 'node:crypto';
import type { Enrollment, HistoryEntry } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MyEnrollmentsRepository } from '../my-enrollments/my-enrollments.repository.ts';
import { withLaggingIndex } from '../testing/broken.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import type { StudentEntry } from '../enrollment/enrollment.types.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import { maxEnded } from '../enrollment/student-entries.rules.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  await system.semester('fall');
});
afterAll(() => system.stop());

/** Takes and drops three new courses; gives the dropped enrollments. */
async function takeAndDropThree(user: string): Promise<Enrollment[]> {
  const dropped: Enrollment[] = [];
  while (dropped.length < 3) {
    const { body } = await system.enroll(user, await system.course({ credits: 1 }));
    dropped.push((await system.drop(user, body.id)).body);
  }
  return dropped;
}

const semesters = () => system.dynamo.tables.name('student_semesters');

async function semesterOf(user: string): Promise<StudentSemesterItem> {
  const key = { user_id: user, semester_id: 'fall' };
  const item = await system.dynamo.get<StudentSemesterItem>('student_semesters', key);
  if (!item) throw new Error('the student has nothing in the semester');
  return item;
}

/** As if the student had taken and dropped so many more courses that the semester names as many as it ever does. */
async function fillUp(user: string, like: Enrollment): Promise<void> {
  const item = await semesterOf(user);
  const TableName = system.dynamo.tables.name('enrollments');
  const row = await system.dynamo.get<EnrollmentItem>('enrollments', { id: like.id });
  const others = Array.from({ length: maxEnded - item.entries.length }, (): StudentEntry => {
    const [courseId, code] = [newId('crs'), randomUUID().slice(0, 20)];
    const enrollmentId = `enr_${courseId.slice(4)}_${user.slice(4)}`;
    return { enrollmentId, courseId, code, credits: 1, status: 'dropped', version: 2 };
  });
  await Promise.all(
    others.map(({ enrollmentId: id, courseId: course_id, code: course_code }) => {
      madeUp.add(id);
      return system.dynamo.put({ TableName, Item: { ...row, id, course_id, course_code } });
    }),
  );
  const entries = [...item.entries, ...others];
  await system.dynamo.put({ TableName: semesters(), Item: { ...item, entries } });
}

/** Enrollments that fill the semester up. */
const madeUp = new Set<string>();

/** The own list as it is loaded where the cache has none, without those that fill the semester up. */
async function loaded(user: string): Promise<string[]> {
  const { enrollments } = await system.get(MyEnrollmentsRepository).read(user);
  return enrollments
    .filter(({ id }) => !madeUp.has(id))
    .map(({ id, status, version }) => `${id} ${status} ${version}`);
}

async function swap(user: string, from: string, addCourseId: string) {
  const body = { dropEnrollmentId: from, addCourseId };
  return system.sendRequest({ user, method: 'POST', path: '/api/enrollments/swap', key: randomUUID(), body });
}

describe('a student who took and dropped more courses than the semester names', () => {
  it('has a small item, and loses nothing of what was', async () => {
    const user = newId('usr');
    const [first, second, third] = await takeAndDropThree(user);
    if (!first || !second || !third) throw new Error('three were dropped');
    await fillUp(user, third);
    const last = await takeAndDropThree(user);
    const item = await semesterOf(user);
    expect(item.entries).toHaveLength(maxEnded);
    expect(item.entries.map(({ enrollmentId }) => enrollmentId)).not.toContain(third.id);
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(30_000);
    const all = [first, second, third, ...last].reverse();
    expect(await loaded(user)).toEqual(all.map(({ id }) => `${id} dropped 2`));

    // From here on the index shows nothing new.
    withLaggingIndex(system, 0, 'EnrollmentsByUser', 60_000);
    const ended = await system.drop(user, third.id);
    expect([ended.status, ended.body]).toEqual([200, third]);
    const taken = await system.enroll(user, first.courseId);
    expect(taken).toMatchObject({ status: 201, body: { id: first.id, status: 'enrolled', version: 3 } });
    expect(taken.body.enrolledAt > first.enrolledAt).toBe(true);
    expect((await system.enroll(user, first.courseId)).body.code).toBe('already_enrolled');
    expect((await loaded(user))[0]).toBe(`${first.id} enrolled 3`);

    const swapped = await swap(user, first.id, second.courseId);
    expect(swapped).toMatchObject({ status: 201, body: { id: second.id, status: 'enrolled', version: 3 } });
    expect((await loaded(user)).slice(0, 2)).toEqual([`${second.id} enrolled 3`, `${first.id} dropped 4`]);
    const path = `/api/enrollments/${first.id}/history`;
    const { body } = await system.sendRequest<{ items: HistoryEntry[] }>({ user, path });
    expect(body.items.map(({ action }) => action)).toEqual(['enrolled', 'dropped', 'enrolled', 'dropped']);
    expect((await semesterOf(user)).entries).toHaveLength(maxEnded + 1);
  });
});
