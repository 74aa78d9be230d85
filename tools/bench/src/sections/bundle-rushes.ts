import { setTimeout as delay } from 'node:timers/promises';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { bodyOf, requestOf } from '@registrar/contracts-http';
import { silentTerminal } from '@registrar/stack';
import { below, seededRandom } from '@registrar/testing/random';
import pMap from 'p-map';
import { makeDataset } from '../dataset/dataset.ts';
import { endpointOf } from '../load/load-job.ts';
import type { LoadJob, LoadResult, PreparedRequest } from '../load/load-job.ts';
import { startGenerator } from '../load/start-generator.ts';
import type { Generator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import { enrollment, inOrder, once, prepared } from '../phases/jobs.ts';
import { sumOf } from '../observe/metrics-text.ts';
import type { Say } from '../phases/say.ts';
import { seedApi } from '../seed/api-client.ts';
import { gatewayWay } from '../registration/gateway-way.ts';
import type { Way } from '../registration/way.ts';
import type { BundleRun, BundleRush, PlainEnrolls } from './sections-result.ts';

const semesterId = 'bench-current';
const labCount = 12;
const plainCourses = 30;
/** Well within what the machine does alone: its capacity beside 800 reads a second is five times as much. */
const plainRate = 10;
const plainSeconds = 12;
const plainConnections = 60;
/** An answer that takes longer is none, ms. */
const answerWithinMs = 10_000;
const agreeWithinMs = 30_000;

/** A system for rushes of bundles. */
export interface BundleOptions {
  /** Students who ask at once. */
  readonly students: number;
  /** Of the enrollments service. */
  readonly instances: number;
  /** Whether others enroll in other courses meanwhile; default yes. */
  readonly others?: boolean;
  /** Variables for the apps. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A lecture and the labs of which one is taken with it. */
interface Bundle {
  readonly lecture: string;
  readonly labs: readonly string[];
}

/** What a rush needs. */
interface Parts {
  readonly bench: BenchSystem;
  readonly rushing: Generator;
  readonly beside: Generator;
  readonly way: Way;
  readonly students: number;
  readonly others: boolean;
}

/**
 * Everybody asks at once for a lecture with one of twelve labs, while others enroll in thirty other courses at a fixed
 * rate; on a system of its own. The first rush warms up.
 */
export async function bundleRushes(
  options: Pick<BundleOptions, 'students' | 'instances'>,
  rounds: number,
  say: Say,
): Promise<BundleRun> {
  const { students, instances } = options;
  const rushes: BundleRush[] = [];
  await withBundles(options, async (rush) => {
    for (let round = 0; round <= rounds; round += 1) {
      const result = await rush();
      say(`bundles, ${instances} enrollments: ${summaryOf(result)}`);
      rushes.push(result);
    }
  });
  return { instances, students, labs: labCount, plainRate, plainCourses, rushes: rushes.slice(1) };
}

/** Starts a system for `work`, which is given a function that makes one rush, and stops it after it. */
export async function withBundles(
  { students, instances, others = true, env = {} }: BundleOptions,
  work: (rush: () => Promise<BundleRush>) => Promise<void>,
): Promise<void> {
  const { users } = makeDataset((students * 1.5) / 2_000, new Date());
  // Silent: each refusal of a rush that is too much is a warning of its app.
  const more = { terminal: silentTerminal, instances: { enrollments: instances } };
  const bench = await BenchSystem.start('bench-bundles', env, more);
  const [rushing, beside] = await Promise.all([startGenerator(), startGenerator()]);
  try {
    const size = {
      students: users.length,
      spreadCourses: others ? plainCourses : 1,
      rushes: 0,
      aloneCourses: 0,
    };
    const way = await gatewayWay(bench, users, size);
    const parts = { bench, rushing, beside, way, students, others };
    if (others) await plain(parts, 'warm-up');
    let round = 0;
    await work(() => oneRush(parts, round++));
  } finally {
    await Promise.all([rushing.stop(), beside.stop()]);
    await bench.stop();
  }
}

async function oneRush(parts: Parts, round: number): Promise<BundleRush> {
  const { bench, rushing, way, students, others } = parts;
  const bundle = await makeBundle(bench, students, round);
  await bench.untilIdle();
  const alone = others ? await plain(parts, `alone-${round}`) : undefined;
  if (others) await bench.untilIdle();
  const requests = bundleRequests(way, bundle, students, round);
  const job: LoadJob = {
    ...once(way.url, requests, students),
    kind: 'burst',
    timeoutMs: answerWithinMs,
  };
  const before = await usedBy(bench);
  const [load, besideLoad] = await Promise.all([
    rushing.runJob(job),
    others ? plain(parts, `beside-${round}`) : undefined,
  ]);
  await bench.untilIdle();
  const after = await usedBy(bench);
  const endpoint = load.endpoints[endpointOf(enrollmentRoutes.changeEnrollments)];
  const taken = endpoint?.statuses['200'] ?? 0;
  // The gateway says so when it gives up waiting, at the same time as a client here does.
  const abandoned = endpoint?.statuses['504'] ?? 0;
  const answeredInTime = load.answered - abandoned;
  const counts = await countsOf(bench, bundle);
  return {
    load,
    answeredInTime,
    unavailable: endpoint?.statuses['503'] ?? 0,
    taken,
    ...counts,
    lost: lostOf(taken, counts.enrolled + counts.waiting, load.sent - answeredInTime),
    transactions: after.transactions - before.transactions,
    cpuSeconds: {
      enrollments: after.enrollments - before.enrollments,
      dynamodb: after.dynamodb - before.dynamodb,
    },
    ...(alone && { alone: plainIn(alone, load.seconds) }),
    ...(besideLoad && { beside: plainIn(besideLoad, load.seconds) }),
  };
}

/** Students told yes who have no place, and places of nobody who was told so or gave up waiting. */
function lostOf(taken: number, places: number, unanswered: number): number {
  return Math.max(0, taken - places) + Math.max(0, places - taken - unanswered);
}

/** What the enrollments service and the store have used so far; CPU in seconds. */
async function usedBy(bench: BenchSystem) {
  const samples = await bench.metrics();
  const labels = { app: 'enrollments', operation: 'TransactWriteItems' };
  const all = Object.entries(bench.cpu());
  const cpuOf = (name: string) =>
    all.filter(([each]) => each.startsWith(name)).reduce((sum, [, seconds]) => sum + seconds, 0);
  return {
    transactions: sumOf(samples, 'dynamodb_requests_total', labels),
    enrollments: cpuOf('enrollments'),
    dynamodb: cpuOf('dynamodb'),
  };
}

async function makeBundle(bench: BenchSystem, students: number, round: number): Promise<Bundle> {
  const api = seedApi(bench.url);
  const token = bench.registrarToken();
  const base = { semesterId, departmentId: 'RUSH', code: `BUNDLE-${round}`, title: 'Lecture and lab' };
  const more = { ...base, credits: 0.25, waitlistCapacity: students };
  const seatsEach = Math.ceil(students / labCount);
  const sections = Array.from({ length: labCount }, (_, at) => `L${at + 1}`);
  const labs = await pMap(
    sections,
    async (section) => {
      const body = { ...more, section, component: 'lab' as const, capacity: seatsEach };
      return bodyOf(await api.createCourse({ token, key: `load-lab-${round}-${section}`, body })).id;
    },
    { concurrency: 4 },
  );
  const linked = [{ component: 'lab' as const, courseIds: labs }];
  const body = { ...more, section: '1', capacity: students, linked };
  const { id: lecture } = bodyOf(await api.createCourse({ token, key: `load-lecture-${round}`, body }));
  return { lecture, labs };
}

/** A lab is drawn for each student, so that nearly all of them have a seat for all who want one. */
function bundleRequests(
  way: Way,
  { lecture, labs }: Bundle,
  students: number,
  round: number,
): PreparedRequest[] {
  const random = seededRandom(round + 21);
  const { changeEnrollments } = enrollmentRoutes;
  return way.tokens.slice(0, students).map((token, at) => {
    const lab = labs[below(random, labs.length)] ?? '';
    const add = [lecture, lab].map((courseId) => ({ courseId, joinWaitlist: true }));
    const key = `bundle-${round}-${at}`;
    return prepared(
      changeEnrollments,
      requestOf(changeEnrollments, { token, key, query: {}, body: { add, drop: [], mode: 'all' } }),
    );
  });
}

/** Enrolls those who are not in the rush, one course of the thirty after the other. */
function plain({ way, beside, students }: Parts, name: string): Promise<LoadResult> {
  const others = way.tokens.slice(students);
  const first = (plainTurns.get(way) ?? 0) * plainRate * plainSeconds;
  plainTurns.set(way, (plainTurns.get(way) ?? 0) + 1);
  const requests = Array.from({ length: plainRate * plainSeconds }, (_, index) => {
    const at = first + index;
    // Each student meets each course once.
    const student = others[(at + Math.floor(at / others.length)) % others.length] ?? '';
    const course = way.spreadCourses[at % plainCourses] ?? '';
    return enrollment(student, course, `plain-${name}-${index}`);
  });
  const load = { connections: plainConnections, ratePerSecond: plainRate };
  return beside.runJob({ ...inOrder(way.url, requests, load), timeoutMs: answerWithinMs });
}

/** How many runs of plain enrollments a system has had. */
const plainTurns = new WeakMap<Way, number>();

/** Plain enrollments of the seconds that the rush took. */
function plainIn(load: LoadResult, seconds: number): PlainEnrolls {
  const span = Math.max(1, Math.min(plainSeconds, Math.ceil(seconds)));
  const own = load.timeline.slice(0, span);
  const enrolled = own.reduce((sum, second) => sum + second.answered - second.failed, 0);
  const endpoint = load.endpoints[endpointOf(enrollmentRoutes.enroll)];
  return {
    load,
    perSecond: enrolled / span,
    enrolled: endpoint?.statuses['201'] ?? 0,
    unavailable: endpoint?.statuses['503'] ?? 0,
  };
}

/**
 * Places by the store, once what was given up by its client is over too.
 *
 * @throws Error where the labs have others than the lecture for long
 */
async function countsOf(bench: BenchSystem, { lecture, labs }: Bundle) {
  const api = seedApi(bench.url);
  const counts = async (id: string) => bodyOf(await api.getSeats({ params: { id } }));
  const untilMs = performance.now() + agreeWithinMs;
  for (;;) {
    const { enrolledCount: enrolled, waitlistedCount: waiting } = await counts(lecture);
    const all = await Promise.all(labs.map(counts));
    const inLabs = all.reduce((sum, each) => sum + each.enrolledCount, 0);
    const waitingForLabs = all.reduce((sum, each) => sum + each.waitlistedCount, 0);
    if (inLabs === enrolled && waitingForLabs === waiting) return { enrolled, waiting };
    if (performance.now() > untilMs) {
      const wanted = `${inLabs} and ${waitingForLabs}`;
      throw new Error(`The lecture has ${enrolled} students and ${waiting} waiting, its labs ${wanted}.`);
    }
    await delay(1_000);
  }
}

/** A rush in a line. */
export function summaryOf(rush: BundleRush): string {
  const { load, answeredInTime, unavailable, taken, lost, transactions, cpuSeconds, alone, beside } = rush;
  return [
    `${answeredInTime} of ${load.sent} answered in time, ${unavailable} 503, ${taken} taken, ${lost} lost`,
    `p50 ${load.latency.p50Ms.toFixed(0)} ms, p99 ${load.latency.p99Ms.toFixed(0)} ms, all in ${load.seconds.toFixed(1)} s`,
    `${(taken / load.seconds).toFixed(1)} a second`,
    `${transactions} transactions, CPU ${cpuSeconds.enrollments.toFixed(1)} + ${cpuSeconds.dynamodb.toFixed(1)} s`,
    ...Object.entries({ alone, beside }).map(
      ([name, each]) =>
        each &&
        `plain ${name} ${each.perSecond.toFixed(1)} a second, p50 ${each.load.latency.p50Ms.toFixed(0)}, p99 ${each.load.latency.p99Ms.toFixed(0)} ms, ${each.unavailable} 503`,
    ),
  ]
    .filter(Boolean)
    .join('; ');
}
