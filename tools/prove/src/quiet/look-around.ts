import { setTimeout as delay } from 'node:timers/promises';
import type { Course, CourseState } from '@registrar/contracts-courses';
import type { Enrollment } from '@registrar/contracts-enrollments';
import pMap from 'p-map';
import type { Client } from '../fire/client.ts';
import type { Via } from '../fire/sender.ts';
import type { CourseShown, OwnShown, SeatsRow } from '../world/world.ts';

const width = 8;
/** A count may be 2 s old, and what a gateway keeps another second. */
const patienceMs = 6_000;
const everyMs = 200;
/** How often a list is asked for before its refusal counts. */
const maxTries = 5;

/**
 * The own lists of these students, as each of `vias` answers them. Rows that contradict one another are answered 503:
 * that is for the invariants to judge, once a list was refused `maxTries` times.
 */
export async function lookAtLists(
  client: Client,
  vias: readonly Via[],
  tokens: ReadonlyMap<string, string>,
  userIds: readonly string[],
): Promise<OwnShown[]> {
  const asked = userIds.flatMap((userId) => vias.map((via) => ({ userId, via })));
  return pMap(
    asked,
    async ({ userId, via }) => {
      const url = `${via.url}/api/enrollments/me?limit=100`;
      const token = tokens.get(userId) ?? '';
      for (let tries = 1; ; tries += 1) {
        const { status, body } = await client.send<{ items?: Enrollment[] }>({ url, method: 'GET', token });
        if (status === 200 || tries === maxTries)
          return { userId, via: via.name, status, items: body.items ?? [] };
        await delay(everyMs);
      }
    },
    { concurrency: width },
  );
}

/** The courses as the gateway shows them, once they have had the time that they may take. */
export async function lookAtCourses(
  client: Client,
  gateway: Via,
  token: string,
  expected: readonly { course: CourseState; seats: SeatsRow }[],
): Promise<CourseShown[]> {
  return pMap(
    expected,
    async ({ course, seats }) => {
      const endsAt = performance.now() + patienceMs;
      for (;;) {
        const url = `${gateway.url}/api/courses/${course.id}`;
        const { status, body } = await client.send<Course>({ url, method: 'GET', token });
        if (status !== 200) throw new Error(`${gateway.name} answered ${status} for a course after quiet.`);
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
