import { drawnId } from '@registrar/testing/random';
import pMap from 'p-map';
import { accessToken } from '@registrar/testing/access-token';
import type { PlannedUser } from '../dataset/dataset.ts';
import { plannedSemesters } from '../dataset/semesters.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import { call } from '../seed/api-client.ts';
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

interface Seats {
  readonly enrolledCount: number;
}

interface OwnPage {
  readonly items: readonly { readonly courseId: string; readonly status: string }[];
  readonly nextCursor: string | null;
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
      const request = { method: 'POST', url: `${bench.url}/api/courses`, token, body } as const;
      return (await call<{ id: string }>({ ...request, idempotencyKey: `load-${code}` })).id;
    },
    { concurrency: 16 },
  );
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}

/** Every course of a student, by as many pages as there are. */
async function coursesOf(url: string, token: string): Promise<string[]> {
  const courses: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: OwnPage = await call({
      method: 'GET',
      url: `${url}/api/enrollments/me?limit=100${after}`,
      token,
    });
    courses.push(...page.items.filter(({ status }) => status === 'enrolled').map(({ courseId }) => courseId));
    cursor = page.nextCursor;
  }
  return courses;
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
  const put = (path: string, body: unknown) =>
    call({ method: 'PUT', url: `${bench.url}/api/${path}`, token, body });
  await put('departments/RUSH', { name: 'Registration day' });
  for (const { id, body } of plannedSemesters(now)) await put(`semesters/${id}`, body);
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
      const { enrolledCount } = await call<Seats>({
        method: 'GET',
        url: `${bench.url}/api/courses/${courseId}/seats`,
      });
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
