import { randomUUID } from 'node:crypto';
import type { ChangesAnswer } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { decided, rowsOf } from '../testing/registration-day.ts';

let system: EnrollmentsSystem;
let bundles = 0;
const semesterId = 'bundles';

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester(semesterId);
});
afterAll(() => system.stop());

async function bundle(seats: { lecture: number; labs: readonly number[]; waiting?: number }) {
  const code = `PHYS ${(bundles += 1)}`;
  const waitlistCapacity = seats.waiting ?? 1_000;
  const labs = await Promise.all(
    seats.labs.map((capacity, at) =>
      system.course({
        semesterId,
        code,
        component: 'lab',
        section: `L${at}`,
        credits: 1,
        capacity,
        waitlistCapacity,
      }),
    ),
  );
  const linked = [{ component: 'lab' as const, courseIds: labs }];
  const lecture = await system.course({
    semesterId,
    code,
    capacity: seats.lecture,
    waitlistCapacity,
    linked,
  });
  return { lecture, labs };
}

/** Everybody asks at once, every other one on another instance, for the labs in turn. */
function rush({ lecture, labs }: { lecture: string; labs: readonly string[] }, users: readonly string[]) {
  return Promise.all(
    users.map(async (user, at) => {
      const add = [lecture, labs[at % labs.length] ?? ''].map((courseId) => ({
        courseId,
        joinWaitlist: true,
      }));
      const key = randomUUID();
      const call = { user, path: '/api/enrollments/changes', body: { add, drop: [] }, instance: at % 2, key };
      return decided(() => system.sendRequest<ChangesAnswer & { code: string }>({ ...call, method: 'POST' }));
    }),
  );
}

const students = (count: number) => Array.from({ length: count }, () => newId('usr'));

async function statuses(courseId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of await rowsOf(system, courseId)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('a rush on a lecture with its labs over two instances', () => {
  it('is answered whole, gives every seat once, and has far fewer commits than students', async () => {
    const { lecture, labs } = await bundle({ lecture: 90, labs: [30, 30, 30] });
    const sent = [0, 1].map((instance) => {
      const dynamo = system.get(Dynamo, instance);
      const transact = dynamo.transact.bind(dynamo);
      let count = 0;
      dynamo.transact = (actions, options) => {
        const isOfBundle = actions.some(({ Put }) => Put?.Item?.['course_id'] === lecture);
        count += Number(isOfBundle);
        return transact(actions, options);
      };
      return () => {
        dynamo.transact = transact;
        return count;
      };
    });
    const answers = await rush({ lecture, labs }, students(120));
    const commits = sent.reduce((sum, count) => sum + count(), 0);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await statuses(lecture)).toEqual({ enrolled: 90, waitlisted: 30 });
    for (const lab of labs) expect(await statuses(lab)).toEqual({ enrolled: 30, waitlisted: 10 });
    expect(commits).toBeLessThan(120);
  });

  it('tells each refused student why, and leaves nothing of the refused', async () => {
    const { lecture, labs } = await bundle({ lecture: 40, labs: [10, 10], waiting: 0 });
    const answers = await rush({ lecture, labs }, students(60));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(refused).toHaveLength(40);
    for (const { body } of refused) {
      expect(body.code).toBe('changes_refused');
      // It would wait whole, and neither has a place for that.
      const codes = body.results.map(({ problems }) => problems.map(({ code }) => code));
      expect(codes).toEqual([['waitlist_full'], ['waitlist_full']]);
    }
    expect(await statuses(lecture)).toEqual({ enrolled: 20 });
  });
});
