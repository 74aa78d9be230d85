import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { seededRandom, shuffled } from '@registrar/testing/random';
import type { PlannedUser } from '../dataset/dataset.ts';
import { endpointOf } from '../load/load-job.ts';
import type { PreparedRequest } from '../load/load-job.ts';
import type { Generator } from '../load/start-generator.ts';
import { enrollment, inOrder, once } from '../phases/jobs.ts';
import type { Published, Rush, WayResult } from './scenario-result.ts';

/** How large a run is. */
export interface RegistrationSize {
  readonly students: number;
  readonly spreadCourses: number;
  readonly rushes: number;
  readonly aloneCourses: number;
}

/** The students of a run, in one order. */
export interface Students {
  readonly users: readonly PlannedUser[];
  readonly tokens: readonly string[];
}

/** The courses of one way, by id. */
export interface WayCourses {
  /** For rushes of everybody: as many seats as students. */
  readonly wideCourses: readonly string[];
  /** For one more rush of everybody. */
  readonly spareCourse: string;
  readonly narrowCourse: string;
  readonly spreadCourses: readonly string[];
  readonly aloneCourses: readonly string[];
}

/** One of the two ways to register, with courses of its own. */
export interface Way extends WayCourses {
  readonly url: string;
  readonly tokens: readonly string[];
  /** How many students are enrolled in a course, by the store. */
  enrolledIn(courseId: string): Promise<number>;
}

/** Seats of the narrow course. */
const narrowCapacity = 100;

/** Makes the courses of a way; `make` creates `count` courses of a capacity under a name. */
export async function makeCourses(
  { students, rushes, spreadCourses, aloneCourses }: RegistrationSize,
  make: (name: string, count: number, capacity: number) => Promise<string[]>,
): Promise<WayCourses> {
  const [narrowCourse = ''] = await make('NARROW', 1, narrowCapacity);
  const [spareCourse = ''] = await make('SPARE', 1, students);
  return {
    narrowCourse,
    spareCourse,
    wideCourses: await make('WIDE', rushes, students),
    spreadCourses: await make('SPREAD', spreadCourses, students),
    aloneCourses: await make('ALONE', aloneCourses, students),
  };
}

const coursesPerStudent = 5;
const spreadConnections = 100;
/** Enrollments a second where single ones are measured. */
export const alonePerSecond = 4;

function requestOf(way: Way, student: number, courseId: string): PreparedRequest {
  return enrollment(way.tokens[student] ?? '', courseId, `${courseId}-${student}`);
}

/** All students at once for one course, each on a connection of its own. */
export async function rush(
  way: Way,
  courseId: string,
  generator: Generator,
  capacity = way.tokens.length,
): Promise<Rush> {
  const requests = way.tokens.map((_, student) => requestOf(way, student, courseId));
  const load = await generator.runJob({ ...once(way.url, requests, requests.length), kind: 'burst' });
  const statuses = load.endpoints[endpointOf(enrollmentRoutes.enroll)]?.statuses ?? {};
  const enrolled = statuses['201'] ?? 0;
  const lost = Math.abs(enrolled - (await way.enrolledIn(courseId)));
  return { capacity, load, enrolled, refused: statuses['409'] ?? 0, lost };
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

function aloneRequests(way: Way, count: number): PreparedRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const course = way.aloneCourses[index % way.aloneCourses.length] ?? '';
    return requestOf(way, Math.floor(index / way.aloneCourses.length), course);
  });
}

/** Runs one part of a run; resolves when all that follows from it is over: the next part begins at rest. */
export type RunPart = <T>(name: keyof Published, work: () => Promise<T>) => Promise<T>;

/**
 * Runs everything once by one way. One enrollment at a time comes last: the first thousands of a process are slow
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
    everybody.push(await part('rushes', () => rush(way, courseId, generator)));
  const few = await part('rushes', () => rush(way, way.narrowCourse, generator, narrowCapacity));
  // So slow that what follows from one enrollment is over when the next one comes.
  const load = { connections: 2, ratePerSecond: alonePerSecond };
  const alone = await part('alone', () =>
    generator.runJob(inOrder(way.url, aloneRequests(way, aloneCount), load)),
  );
  return { everybody, few, spread, alone };
}
