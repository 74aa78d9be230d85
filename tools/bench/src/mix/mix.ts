import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { requestOf } from '@registrar/contracts-http';
import type { AskOf, Route } from '@registrar/contracts-http';
import type { Random } from '@registrar/testing/random';
import { below, oneOf, seededRandom } from '@registrar/testing/random';
import type { Dataset } from '../dataset/dataset.ts';
import { endpointOf } from '../load/load-job.ts';
import type { PreparedRequest, Share } from '../load/load-job.ts';

type Question = NonNullable<AskOf<typeof courseRoutes.listCourses>['query']>;

/** The names under which the three kinds of requests are counted. */
export const endpoints = {
  catalogue: endpointOf(courseRoutes.listCourses),
  own: endpointOf(enrollmentRoutes.listOwnEnrollments),
  profile: endpointOf(gatewayRoutes.me),
} as const;

/** The path of a catalogue page. */
export function cataloguePath(query: Question): string {
  return requestOf(courseRoutes.listCourses, { query }).target;
}

/** Of 100 requests, how many are of each kind. */
export const weights = { catalogue: 60, own: 30, profile: 10 } as const;

/** Catalogue queries drawn beforehand; a run sends each many times, as a campus does. */
const questions = 1_500;
const seed = 4;

/**
 * One catalogue query as students make it: mostly a department of the current semester, now and then another
 * semester, a search, an instructor, only what is open.
 */
function question(data: Dataset, random: Random): Question {
  const current = data.semesters.find((semester) => semester.current)?.id ?? '';
  const semesterId = random() < 0.75 ? current : oneOf(random, data.semesters).id;
  const departmentId = oneOf(random, data.departments).id;
  const course = oneOf(random, data.courses);
  const drawn = random();
  if (drawn < 0.45) return { semesterId, departmentId };
  if (drawn < 0.6) return { departmentId, status: 'open' };
  if (drawn < 0.7) return {};
  if (drawn < 0.8) return { semesterId };
  if (drawn < 0.92) return { semesterId, q: (course.title.split(' ').at(-1) ?? '').toLowerCase() };
  if (drawn < 0.97) return { semesterId, instructorId: course.instructorIds[0] };
  return { semesterId, departmentId, limit: 10 + below(random, 4) * 30 };
}

/** The paths of the catalogue queries; frequent ones are repeated. */
export function cataloguePaths(data: Dataset): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: questions }, () => cataloguePath(question(data, random)));
}

function get(route: Route, token?: string, target: string = route.path): PreparedRequest {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  return { endpoint: endpointOf(route), method: route.method, path: target, headers };
}

/** A request of the mix for each question and each user. Catalogue requests carry a token too, as a signed-in student's do. */
export function mixShares(paths: readonly string[], tokens: readonly string[]): Share[] {
  const tokenAt = (index: number) => tokens[index % tokens.length];
  return [
    {
      weight: weights.catalogue,
      requests: paths.map((path, index) => get(courseRoutes.listCourses, tokenAt(index * 7), path)),
    },
    {
      weight: weights.own,
      requests: tokens.map((token) => get(enrollmentRoutes.listOwnEnrollments, token)),
    },
    {
      weight: weights.profile,
      requests: tokens.map((token) => get(gatewayRoutes.me, token)),
    },
  ];
}

/** Every different request of the mix once: the pass that warms caches. */
export function warmUpList(shares: readonly Share[]): PreparedRequest[] {
  const seen = new Map<string, PreparedRequest>();
  for (const request of shares.flatMap(({ requests }) => requests)) {
    const who = request.endpoint === endpoints.catalogue ? '' : (request.headers['authorization'] ?? '');
    seen.set(`${request.path} ${who}`, request);
  }
  return [...seen.values()];
}
