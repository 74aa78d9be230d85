import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { countsOf, registrationDay, rowCountsOf } from '../testing/registration-day.ts';
import type { Outcome } from '../testing/registration-day.ts';
import { GroupCommit } from './commit/group-commit.ts';
import { waitingRequests } from './commit/registration.metrics.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(1);
  await system.semester('fall');
});
afterAll(() => system.stop());

/** Seats for more than three groups: a place on the waitlist takes more of a commit, and a whole group of them no commit holds. */
const day = { students: 128, seats: 100, places: 20 };

/**
 * Runs `work` with the first commit held until so many requests wait, so that whole groups wait behind it; gives how
 * many commits went on from what was read prefetched. `before` runs before each of those.
 */
async function inWholeGroups(
  waiting: number,
  work: () => Promise<void>,
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  const groups = system.get(GroupCommit);
  const { commit } = groups;
  let count = 0;
  const all = async () => expect((await waitingRequests.get()).values[0]?.value).toBe(waiting);
  let reached: Promise<unknown> | undefined;
  const spy = vi.spyOn(groups, 'commit').mockImplementation(async (courseId, entries, prefetched) => {
    await (reached ??= vi.waitFor(all, { timeout: 10_000, interval: 5 }));
    if (prefetched) {
      count += 1;
      await before();
    }
    return commit.call(groups, courseId, entries, prefetched);
  });
  await work().finally(() => spy.mockRestore());
  return count;
}

describe('a group that was read for while the one before was committed', () => {
  let outcome: Outcome;

  it('gives every seat and place once, as any other', async () => {
    const used = await inWholeGroups(day.students, async () => {
      outcome = await registrationDay(system, day);
    });
    expect(used).toBeGreaterThan(0);
    expect(outcome).toMatchObject({
      answers: { enrolled: 100, waitlisted: 20, waitlist_full: 8 },
      rows: { enrolled: 100, waitlisted: 20 },
      counts: { enrolledCount: 100, waitlistedCount: 20 },
    });
  });

  it('knows of those whom the group before gave a seat to', async () => {
    const leaving = [...outcome.seated.slice(0, 95), ...outcome.waiting];
    await inWholeGroups(leaving.length, async () => {
      const drops = await Promise.all(leaving.map(({ userId, id }) => system.drop(userId, id)));
      expect(drops.map(({ status, body }) => [status, body.status])).toEqual(
        leaving.map(() => [200, 'dropped']),
      );
    });
    expect(await rowCountsOf(system, outcome.courseId)).toEqual({ enrolled: 5, dropped: 115 });
    expect(await countsOf(system, outcome.courseId)).toMatchObject({ enrolledCount: 5, waitlistedCount: 0 });
  });

  it('goes by the course as it was edited in between', async () => {
    const courseId = await system.course({ capacity: 100 });
    const students = Array.from({ length: 96 }, () => system.person());
    let edited: Promise<unknown> | undefined;
    const edit = () =>
      (edited ??= system.course({ id: courseId, capacity: 50, version: 2, code: `C-${courseId.slice(-6)}` }));
    const used = await inWholeGroups(
      students.length,
      async () => {
        const answers = await Promise.all(students.map((user) => system.enroll(user, courseId)));
        const statuses = Map.groupBy(answers, ({ status }) => status);
        expect([statuses.get(201)?.length, statuses.get(409)?.length]).toEqual([50, 46]);
      },
      edit,
    );
    expect(used).toBeGreaterThan(0);
    expect(await rowCountsOf(system, courseId)).toEqual({ enrolled: 50 });
    expect(await countsOf(system, courseId)).toMatchObject({ enrolledCount: 50 });
  });
});
