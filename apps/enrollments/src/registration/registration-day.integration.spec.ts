import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCommitsThatMeet, withoutConditions } from '../testing/broken.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { registrationDay, rowsOf } from '../testing/registration-day.ts';
import type { Outcome } from '../testing/registration-day.ts';

const day = { students: 300, seats: 40, places: 20 };
const sound = {
  answers: { enrolled: 40, waitlisted: 20, waitlist_full: 240 },
  rows: { enrolled: 40, waitlisted: 20 },
  counts: { enrolledCount: 40, waitlistedCount: 20 },
};

function isSound({ answers, rows, counts }: Outcome): boolean {
  return isDeepStrictEqual({ answers, rows, counts }, sound);
}

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
  withCommitsThatMeet(system);
});
afterAll(() => system.stop());

describe('a registration day over two instances that do not share the courses', () => {
  it('gives every seat and place once, and the next ten their seats in order when ten drop at once', async () => {
    const outcome = await registrationDay(system, day);
    expect(outcome).toMatchObject(sound);
    const leaving = outcome.seated.slice(0, 10);
    const drops = await Promise.all(
      leaving.map(({ userId, id }, index) => system.drop(userId, id, { instance: index % 2 })),
    );
    expect(drops.map(({ body }) => body.status)).toEqual(leaving.map(() => 'dropped'));
    const promoted = (await rowsOf(system, outcome.courseId)).filter(
      ({ status, user_id }) =>
        status === 'enrolled' && outcome.waiting.some(({ userId }) => userId === user_id),
    );
    expect(promoted.map(({ user_id }) => user_id).sort()).toEqual(
      outcome.waiting
        .slice(0, 10)
        .map(({ userId }) => userId)
        .sort(),
    );
    const next = outcome.waiting[10];
    expect(
      (await system.sendRequest({ user: next?.userId ?? '', path: `/api/enrollments/${next?.id}` })).body,
    ).toMatchObject({ waitlistPosition: 1 });
  });

  it('is noticed when commits have no conditions', async () => {
    const broken = await EnrollmentsSystem.start(2);
    try {
      await broken.semester('fall');
      withoutConditions(broken, 0);
      withoutConditions(broken, 1);
      withCommitsThatMeet(broken);
      expect(isSound(await registrationDay(broken, day))).toBe(false);
    } finally {
      await broken.stop();
    }
  });
});
