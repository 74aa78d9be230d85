import { setTimeout as delay } from 'node:timers/promises';
import type { CourseState } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import pMap from 'p-map';
import type { Via } from '../workload/sender.ts';
import type { Counts, CourseShown, OwnShown } from '../snapshot/snapshot.ts';

const width = 8;
/** A count may be 2 s old, and what a gateway keeps another second. */
const timeoutMs = 6_000;
const everyMs = 200;
/** Attempts to read a list before its refusal counts. */
const maxTries = 5;

/**
 * The own lists of these students, as each of `vias` answers them. Rows that contradict one another are answered 503:
 * that is for the invariants to judge, once a list was refused `maxTries` times.
 */
export async function readLists(
  vias: readonly Via[],
  tokens: ReadonlyMap<string, string>,
  userIds: readonly string[],
): Promise<OwnShown[]> {
  const asked = userIds.flatMap((userId) => vias.map((via) => ({ userId, via })));
  return pMap(
    asked,
    async ({ userId, via }) => {
      const token = tokens.get(userId);
      for (let tries = 1; ; tries += 1) {
        const answer = await via.api.listOwnEnrollments({ token, query: { limit: 100 } });
        if (answer.ok || tries === maxTries) {
          const items = answer.ok ? answer.body.items : [];
          return { userId, via: via.name, status: answer.status, items };
        }
        await delay(everyMs);
      }
    },
    { concurrency: width },
  );
}

/** The courses as the gateway shows them, after the time that caches may take. */
export async function readCatalogues(
  gateway: Via,
  token: string,
  expected: readonly { course: CourseState; seats: Counts }[],
): Promise<CourseShown[]> {
  return pMap(
    expected,
    async ({ course, seats }) => {
      const endsAt = performance.now() + timeoutMs;
      for (;;) {
        const body = bodyOf(await gateway.api.getCourse({ token, params: { id: course.id } }));
        const isSame =
          body.enrolledCount === seats.enrolledCount && body.waitlistedCount === seats.waitlistedCount;
        if ((isSame && body.version === course.version) || performance.now() > endsAt)
          return { ...body, courseId: course.id, via: gateway.name };
        await delay(everyMs);
      }
    },
    { concurrency: width },
  );
}
