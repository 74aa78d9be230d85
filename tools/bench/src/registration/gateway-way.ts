import { bodyOf, itemsOf } from '@registrar/contracts-http';
import { drawnId } from '@registrar/testing/random';
import pMap from 'p-map';
import { accessToken } from '@registrar/testing/access-token';
import type { PlannedUser } from '../dataset/dataset.ts';
import { plannedSemesters } from '../dataset/semesters.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import { seedApi } from '../seed/api-client.ts';
import { loadUsers } from '../seed/load-users.ts';
import type { Way } from './way.ts';
import { narrowCapacity } from './way.ts';

/** How much a run is to be of. */
export interface RegistrationSize {
  readonly students: number;
  readonly spreadCourses: number;
  readonly rushes: number;
  readonly aloneCourses: number;
}

async function makeCourses(
  bench: BenchSystem,
  token: string,
  names: readonly string[],
  capacity: number,
): Promise<string[]> {
  return pMap(
    names,
    async (code) => {
      const body = {
        semesterId: 'bench-current',
        departmentId: 'RUSH',
        code,
        title: `Introduction to ${code}`,
        credits: 1,
        capacity,
      };
      const made = await seedApi(bench.url).createCourse({ token, key: `load-${code}`, body });
      return bodyOf(made).id;
    },
    { concurrency: 16 },
  );
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}

/** Every course that a student is in. */
async function coursesOf(url: string, token: string): Promise<string[]> {
  const api = seedApi(url);
  const own = itemsOf(async (query) => bodyOf(await api.listOwnEnrollments({ token, query })));
  const enrolled = (await Array.fromAsync(own)).filter(({ status }) => status === 'enrolled');
  return enrolled.map(({ courseId }) => courseId);
}

/** By the gateway, with a course for one more rush of everybody. */
export interface GatewayWay extends Way {
  readonly spareCourse: string;
}

/** Makes students, a semester and courses in the system; everybody goes through the gateway. */
export async function gatewayWay(
  bench: BenchSystem,
  users: readonly PlannedUser[],
  size: RegistrationSize,
): Promise<GatewayWay> {
  const now = new Date();
  await loadUsers(users, bench.store, now);
  const token = accessToken(bench.key, drawnId(Math.random, 'usr'), ['registrar']);
  const api = seedApi(bench.url);
  const ofRush = { params: { id: 'RUSH' }, body: { name: 'Registration day' } };
  bodyOf(await api.putDepartment({ token, ...ofRush }));
  for (const { id, body } of plannedSemesters(now))
    bodyOf(await api.putSemester({ token, params: { id }, body }));
  const tokens = users.map(({ id }) => accessToken(bench.key, id));
  const make = (name: string, count: number, capacity: number) =>
    makeCourses(bench, token, numbered(name, count), capacity);
  const [narrowCourse = ''] = await make('NARROW', 1, narrowCapacity);
  const [spareCourse = ''] = await make('SPARE', 1, users.length);
  return {
    url: bench.url,
    tokens,
    wideCourses: await make('WIDE', size.rushes, users.length),
    narrowCourse,
    spareCourse,
    spreadCourses: await make('SPREAD', size.spreadCourses, users.length),
    aloneCourses: await make('ALONE', size.aloneCourses, users.length),
    async enrolledIn(courseId) {
      const { enrolledCount } = bodyOf(await api.getSeats({ params: { id: courseId } }));
      const own = await pMap(tokens, (student) => coursesOf(bench.url, student), { concurrency: 16 });
      const enrolled = new Set(
        own.flatMap((courses, student) => (courses.includes(courseId) ? [student] : [])),
      );
      // Counts and rows must say the same; where they do not, the count is what cannot be believed.
      if (enrolled.size !== enrolledCount)
        throw new Error(`${courseId} counts ${enrolledCount} students and has ${enrolled.size}.`);
      return enrolled;
    },
  };
}
