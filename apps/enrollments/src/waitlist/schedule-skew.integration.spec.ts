import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeferredWork } from '../deferred-work/deferred-work.ts';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { withHeldCommit } from '../testing/broken.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

const meetings = [{ day: 'mon', start: '09:00', end: '10:00', room: 'A1' }];

/** An enrollment of `user`, or a place on the waitlist. */
async function takes(user: string, courseId: string): Promise<string> {
  const { status, body } = await system.enroll(user, courseId, { sendRequest: { joinWaitlist: true } });
  expect(status).toBe(201);
  return body.id;
}

async function statusOf(user: string, courseId: string): Promise<string | undefined> {
  return (await rowsOf(system, courseId)).find(({ user_id }) => user_id === user)?.status;
}

/** A full course, and a student who waits for it and was told that a seat passed by, for the sake of another course. */
async function passedOver() {
  const wanted = await system.course({ capacity: 1, waitlistCapacity: 5, meetings });
  const inTheWay = await system.course({ meetings });
  const [earlier, holder, waiter] = [newId('usr'), newId('usr'), newId('usr')];
  const before = await takes(earlier, wanted);
  await takes(waiter, wanted);
  const obstacle = await takes(waiter, inTheWay);
  await system.drop(earlier, before);
  const seat = await takes(holder, wanted);
  return { wanted, waiter, obstacle, holder, seat };
}

const semesterOf = (userId: string) => ({
  TableName: system.dynamo.tables.name('student_semesters'),
  Key: { user_id: userId, semester_id: 'fall' },
});

async function markOf(userId: string): Promise<string | undefined> {
  const key = semesterOf(userId).Key;
  const item = await system.dynamo.get<{ pending_shard?: string }>('student_semesters', key);
  return item?.pending_shard;
}

describe('a waiter who was judged by one instance, before another one loosened the schedule', () => {
  it.each(['drop', 'swap'] as const)('gets the seat that a %s frees', async (how) => {
    const { wanted, waiter, obstacle, holder, seat } = await passedOver();
    const other = await system.course();
    const held = withHeldCommit(system, 1, wanted);
    const frees =
      how === 'drop'
        ? system.drop(holder, seat, { instance: 1 })
        : system.sendRequest({
            user: holder,
            method: 'POST',
            path: '/api/enrollments/swap',
            key: newId('key'),
            body: { dropEnrollmentId: seat, addCourseId: other },
            instance: 1,
          });
    await held.reached;
    await system.drop(waiter, obstacle, { instance: 0 });
    // The course is still full when the waiter is judged again; nothing is left to be done then.
    await vi.waitFor(async () => expect(await markOf(waiter)).toBeUndefined(), { timeout: 10_000 });
    held.release();
    expect([200, 201]).toContain((await frees).status);
    await vi.waitFor(async () => expect(await statusOf(waiter, wanted)).toBe('enrolled'), {
      timeout: 10_000,
    });
  });
});

describe('the mark of a schedule whose waiting places are to be judged again', () => {
  it('stays where a later commit, of the same millisecond, changed the schedule meanwhile', async () => {
    const { waiter } = await passedOver();
    await system.dynamo.update({
      ...semesterOf(waiter),
      UpdateExpression: 'SET pending_shard = :shard, pending_at = :at',
      // Not due, so that no sweeper takes it up.
      ExpressionAttributeValues: { ':shard': '0', ':at': Date.now() + 3_600_000 },
    });
    const [committer, dynamo] = [system.get(CourseCommitter, 0), system.get(Dynamo, 0)];
    const { submitTo } = committer;
    const submitted = vi.spyOn(committer, 'submitTo').mockImplementation(async (courseId, command) => {
      const outcome = await submitTo.call(committer, courseId, command);
      await system.dynamo.update({
        ...semesterOf(waiter),
        UpdateExpression: 'ADD #version :one',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':one': 1 },
      });
      return outcome;
    });
    const cleared = vi.spyOn(dynamo, 'update');
    try {
      system.get(DeferredWork, 0).reconsiderWaiting(waiter, 'fall');
      await vi.waitFor(() => expect(cleared).toHaveBeenCalled(), { timeout: 10_000 });
      await Promise.allSettled(cleared.mock.results.map(({ value }) => value as Promise<unknown>));
      expect(submitted).toHaveBeenCalledTimes(1);
      expect(await markOf(waiter)).toBe('0');
    } finally {
      submitted.mockRestore();
      cleared.mockRestore();
    }
  });
});
