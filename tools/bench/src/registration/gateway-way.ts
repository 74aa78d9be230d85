import { bodyOf, itemsOf } from '@registrar/contracts-http';
import { accessToken } from '@registrar/testing/access-token';
import pMap from 'p-map';
import type { PlannedUser } from '../dataset/dataset.ts';
import { plannedSemesters } from '../dataset/semesters.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import { seedApi } from '../seed/api-client.ts';
import { loadCatalogue } from '../seed/load-system.ts';
import { loadUsers } from '../seed/load-users.ts';
import type { RegistrationSize, Way } from './way.ts';
import { makeCourses } from './way.ts';

const departmentId = 'RUSH';
const concurrency = 16;

/** Every course that a student is in. */
async function coursesOf(url: string, token: string): Promise<string[]> {
  const api = seedApi(url);
  const own = itemsOf(async (query) => bodyOf(await api.listOwnEnrollments({ token, query })));
  const enrolled = (await Array.fromAsync(own)).filter(({ status }) => status === 'enrolled');
  return enrolled.map(({ courseId }) => courseId);
}

/** Makes students, a semester and courses in the system; all requests go through the gateway. */
export async function gatewayWay(
  bench: BenchSystem,
  users: readonly PlannedUser[],
  size: RegistrationSize,
): Promise<Way> {
  const now = new Date();
  await loadUsers(users, bench.store, now);
  const tokens = users.map(({ id }) => accessToken(bench.key, id));
  const token = bench.registrarToken();
  const api = seedApi(bench.url);
  const departments = [{ id: departmentId, name: 'Registration day' }];
  await loadCatalogue({ departments, semesters: plannedSemesters(now), courses: [] }, bench.url, token);
  const make = (name: string, count: number, capacity: number) =>
    pMap(
      Array.from({ length: count }, (_, index) => `${name}-${index + 1}`),
      async (code) => {
        const title = `Introduction to ${code}`;
        const body = { semesterId: 'bench-current', departmentId, code, title, credits: 1, capacity };
        return bodyOf(await api.createCourse({ token, key: `load-${code}`, body })).id;
      },
      { concurrency },
    );
  return {
    url: bench.url,
    tokens,
    ...(await makeCourses(size, make)),
    async enrolledIn(courseId) {
      const { enrolledCount } = bodyOf(await api.getSeats({ params: { id: courseId } }));
      const own = await pMap(tokens, (student) => coursesOf(bench.url, student), { concurrency });
      const enrolled = own.filter((courses) => courses.includes(courseId)).length;
      // Where counts and rows differ, neither can be relied on.
      if (enrolled !== enrolledCount)
        throw new Error(`${courseId} counts ${enrolledCount} students and has ${enrolled}.`);
      return enrolled;
    },
  };
}
