import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { seededRandom, shuffled } from '@registrar/testing/random';
import { endpointOf } from '../load/load-job.ts';
import type { LoadJob, PreparedRequest } from '../load/load-job.ts';
import type { Generator } from '../load/start-generator.ts';
import { enrollment, once, paced } from '../phases/jobs.ts';
import type { Published, Rush, WayResult } from './scenario-result.ts';

/** One of the two ways to register, with courses of its own. */
export interface Way {
  readonly url: string;
  readonly tokens: readonly string[];
  /** For rushes of everybody: as many seats as students. */
  readonly wideCourses: readonly string[];
  readonly narrowCourse: string;
  readonly spreadCourses: readonly string[];
  readonly aloneCourses: readonly string[];
  /** Ids of the students that are enrolled in a course, as the store has it. */
  enrolledIn(courseId: string): Promise<ReadonlySet<number>>;
}

/** Seats of the narrow course. */
export const narrowCapacity = 100;
const coursesPerStudent = 5;
const spreadConnections = 100;
/** Enrollments a second where one is measured by itself. */
export const alonePerSecond = 4;

function requestOf(way: Way, student: number, courseId: string): PreparedRequest {
  return enrollment(way.tokens[student] ?? '', courseId, `${courseId}-${student}`);
}

function burst(way: Way, courseId: string): LoadJob {
  const requests = way.tokens.map((_, student) => requestOf(way, student, courseId));
  const job = once(way.url, requests, requests.length);
  return { ...job, kind: 'burst' };
}

/** Everybody at once for one course. */
export async function rush(
  way: Way,
  courseId: string,
  capacity: number,
  generator: Generator,
): Promise<Rush> {
  const load = await generator.runJob(burst(way, courseId));
  const statuses = load.endpoints[endpointOf(enrollmentRoutes.enroll)]?.statuses ?? {};
  const enrolled = statuses['201'] ?? 0;
  const kept = (await way.enrolledIn(courseId)).size;
  return { capacity, load, enrolled, refused: statuses['409'] ?? 0, lost: Math.abs(enrolled - kept) };
}

/** Five courses for each student, in an order in which students and courses are mixed. */
function spreadRequests(way: Way): PreparedRequest[] {
  const courses = way.spreadCourses;
  const all = way.tokens.flatMap((_, student) =>
    Array.from({ length: coursesPerStudent }, (__, each) => {
      const at = (student * 7 + each * 41) % courses.length;
      return requestOf(way, student, courses[at] ?? '');
    }),
  );
  return shuffled(seededRandom(8), all);
}

/** At such a rate that what follows one enrollment is over when the next one comes. */
function oneByOne(way: Way, requests: PreparedRequest[]): LoadJob {
  const shares = [{ weight: 1, requests }];
  const seconds = requests.length / alonePerSecond;
  const job = paced(way.url, shares, { connections: 2, ratePerSecond: alonePerSecond, seconds });
  return { ...job, inOrder: true };
}

function aloneRequests(way: Way, count: number): PreparedRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const course = way.aloneCourses[index % way.aloneCourses.length] ?? '';
    return requestOf(way, Math.floor(index / way.aloneCourses.length), course);
  });
}

/** Runs one part of a run; resolves when all that follows from it is over: the next part begins at rest. */
export type RunPart = <T>(name: keyof Published, work: () => Promise<T>) => Promise<T>;

/**
 * Runs everything once by one way. One enrollment by itself comes last: the first thousands of a process are slow
 * whatever it does.
 */
export async function runWay(
  way: Way,
  generator: Generator,
  aloneCount: number,
  part: RunPart,
): Promise<WayResult> {
  const spread = await part('spread', () =>
    generator.runJob(once(way.url, spreadRequests(way), spreadConnections)),
  );
  const everybody: Rush[] = [];
  for (const courseId of way.wideCourses)
    everybody.push(await part('rushes', () => rush(way, courseId, way.tokens.length, generator)));
  const few = await part('rushes', () => rush(way, way.narrowCourse, narrowCapacity, generator));
  const alone = await part('alone', () => generator.runJob(oneByOne(way, aloneRequests(way, aloneCount))));
  return { everybody, few, spread, alone };
}
