import type { Random } from '@registrar/testing/random';
import { below, oneOf, seededRandom } from '@registrar/testing/random';
import type { Dataset } from '../dataset/dataset.ts';
import type { PreparedRequest, Share } from '../load/load-job.ts';

/** The names under which the three kinds of requests are counted. */
export const endpoints = {
  catalogue: 'GET /api/courses',
  own: 'GET /api/enrollments/me',
  profile: 'GET /api/auth/me',
} as const;

/** Of 100 requests, how many are of each kind. */
export const weights = { catalogue: 60, own: 30, profile: 10 } as const;

/** Different catalogue questions drawn beforehand; a run asks each many times, as a campus does. */
const questions = 1_500;
const seed = 4;

/**
 * One catalogue question as students ask it: mostly a department of the current semester, now and then another
 * semester, a search, an instructor, only what is open.
 */
function question(data: Dataset, random: Random): URLSearchParams {
  const current = data.semesters.find((semester) => semester.current)?.id ?? '';
  const semesterId = random() < 0.75 ? current : oneOf(random, data.semesters).id;
  const departmentId = oneOf(random, data.departments).id;
  const course = oneOf(random, data.courses);
  const drawn = random();
  if (drawn < 0.45) return new URLSearchParams({ semesterId, departmentId });
  if (drawn < 0.6) return new URLSearchParams({ departmentId, status: 'open' });
  if (drawn < 0.7) return new URLSearchParams();
  if (drawn < 0.8) return new URLSearchParams({ semesterId });
  if (drawn < 0.92)
    return new URLSearchParams({ semesterId, q: (course.title.split(' ').at(-1) ?? '').toLowerCase() });
  if (drawn < 0.97) return new URLSearchParams({ semesterId, instructorId: course.instructorIds[0] ?? '' });
  return new URLSearchParams({ semesterId, departmentId, limit: String(10 + below(random, 4) * 30) });
}

/** The paths of the catalogue questions, with repetitions: what is asked more often is there more often. */
export function cataloguePaths(data: Dataset): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: questions }, () => {
    const query = question(data, random).toString();
    return query === '' ? '/api/courses' : `/api/courses?${query}`;
  });
}

function get(endpoint: string, path: string, token?: string): PreparedRequest {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  return { endpoint, method: 'GET', path, headers };
}

/** A request of the mix for each question and each user. Catalogue requests carry a token too, as a signed-in student's do. */
export function mixShares(paths: readonly string[], tokens: readonly string[]): Share[] {
  const tokenAt = (index: number) => tokens[index % tokens.length];
  return [
    {
      weight: weights.catalogue,
      requests: paths.map((path, index) => get(endpoints.catalogue, path, tokenAt(index * 7))),
    },
    {
      weight: weights.own,
      requests: tokens.map((token) => get(endpoints.own, '/api/enrollments/me', token)),
    },
    {
      weight: weights.profile,
      requests: tokens.map((token) => get(endpoints.profile, '/api/auth/me', token)),
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
