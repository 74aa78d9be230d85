import { describe, expect, it } from 'vitest';
import { ownClasses } from '../testing/own-classes.ts';
import { dropping } from '../testing/changes.ts';
import type { ChangeSetCommit } from './change-set-commit.ts';
import { CourseCommitter } from './course-committer.ts';
import type { GroupCommit } from './group-commit.ts';
import type { SetsTogether } from './sets-together.ts';
import type { GroupItems, ViewRepository } from './view.repository.ts';
import type { GroupResult } from './course-queue.ts';

const drop = (courseId: string, index: number) => dropping(courseId, `usr_${index}`);

const nothing: GroupItems = { course: undefined, students: [], records: new Map() };

/** A committer whose store answers only when the test lets it. */
function setUp() {
  const held: (() => void)[] = [];
  const groups: Pick<GroupCommit, 'commit' | 'prefetch'> = {
    commit: async (_courseId, entries): Promise<GroupResult> => {
      await new Promise<void>((resolve) => held.push(resolve));
      for (const entry of entries)
        entry.resolve({ answer: { status: 204, body: null }, replayed: false, earlier: false });
      return { again: [], size: 'keep' };
    },
    prefetch: () => Promise.resolve(nothing),
  };
  const committer = new CourseCommitter(
    groups as GroupCommit,
    {} as ChangeSetCommit,
    {} as SetsTogether,
    ownClasses as ViewRepository,
  );
  const letGo = async (isOver: () => boolean) => {
    while (!isOver()) {
      held.splice(0).forEach((resolve) => resolve());
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { committer, letGo };
}

describe('CourseCommitter', () => {
  it('turns requests away at once when too many wait for a course, and serves all that it took', async () => {
    const { committer, letGo } = setUp();
    const taken: Promise<unknown>[] = [];
    let refusal: unknown;
    for (let index = 0; refusal === undefined && index < 10_000; index += 1) {
      try {
        taken.push(committer.submit(drop('hot', index)));
      } catch (error) {
        refusal = error;
      }
      // The student's turn comes in a later microtask.
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(refusal).toMatchObject({
      status: 503,
      code: 'overloaded',
      extras: { headers: { 'retry-after': '1' } },
    });
    expect(taken.length).toBeGreaterThanOrEqual(2_000);
    expect(taken.length).toBeLessThanOrEqual(5_000);
    let done = false;
    const all = Promise.all(taken).then(() => (done = true));
    await letGo(() => done);
    await all;
    const next = committer.submit(drop('hot', 1));
    let served = false;
    void next.then(() => (served = true));
    await letGo(() => served);
  });
});
