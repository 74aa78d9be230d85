import type { EndpointResult } from '../../load/tally.ts';
import type { LoadResult } from '../../load/load-job.ts';
import type { MachineRecord } from '../../observe/machine.ts';
import type { ProcessResult } from '../../observe/watch.ts';
import type { Counted, PhaseResult } from '../../phases/phase-result.ts';
import type { Saturated } from '../../phases/run-bare.ts';
import type { ReadsRecord, RegistrationRecord, SectionsRecord } from '../bench-record.ts';

const latency = { count: 100, minMs: 0.2, averageMs: 0.5, p50Ms: 0.4, p95Ms: 1.2, p99Ms: 2.5, maxMs: 9 };

function endpoint(layers: Record<string, number>): EndpointResult {
  const latencyByStatus = { 200: latency };
  return { latency, latencyByStatus, failed: 0, bytes: 500_000, statuses: { 200: 100 }, layers, faults: {} };
}

/** The result of a load; `over` replaces parts of it. */
export function sampleLoad(over: Partial<LoadResult> = {}): LoadResult {
  return {
    kind: 'paced',
    connections: 200,
    seconds: 60,
    sent: 48_000,
    answered: 48_000,
    failed: 0,
    unanswered: 0,
    ratePerSecond: 800,
    latency,
    waited: 3,
    lateness: latency,
    endpoints: {
      'GET /api/courses': endpoint({ gateway: 995, redis: 4, source: 1 }),
      'GET /api/enrollments/me': endpoint({ redis: 1_000 }),
    },
    timeline: [{ second: 0, answered: 800, failed: 0, averageMs: 0.5, p99Ms: 2, hits: 799 }],
    bytes: 480_000_000,
    reconnects: 0,
    cpuSeconds: 6,
    ...over,
  };
}

function sampleProcess(cpuSeconds: number): ProcessResult {
  return {
    cpuSeconds,
    cpuAverage: cpuSeconds / 60,
    cpuMost: cpuSeconds / 40,
    cpuOverTime: [
      [1, 0.1],
      [60, 0.2],
    ],
    memoryMegabytes: 120,
    memoryTrend: { from: 119, to: 120, perMinute: 1 },
    newSockets: 0,
  };
}

const histogram = { count: 10, average: 0.000_3, p50: 0.000_2, p95: 0.000_5, p99: 0.001 };

const counted: Counted = {
  readUnits: 12,
  writeUnits: 6_000,
  byTable: [{ table: 'courses_courses', index: 'CoursesBySemester', readUnits: 12, writeUnits: 0 }],
  databaseCalls: { Query: 20 },
  throttles: 0,
  redisGet: histogram,
  cacheHits: { l1: 10, l2: 20 },
  cacheMisses: 3,
  cacheStale: 0,
  published: histogram,
};

/** A phase; `over` replaces parts of its load. */
export function samplePhase(over: Partial<LoadResult> = {}): PhaseResult {
  const cpu = { gateway: 12, courses: 2, enrollments: 6, notifications: 1, redis: 1, generator: 6 };
  const processes = Object.entries(cpu).map(([name, seconds]) => [name, sampleProcess(seconds)] as const);
  return { load: sampleLoad(over), processes: Object.fromEntries(processes), counted };
}

const machine: MachineRecord = {
  cpu: 'A processor',
  cores: 2,
  memoryGigabytes: 8,
  system: 'Linux 6 x64',
  loadAverage: 0.1,
  node: 'v24.0.0',
  revision: 'abc1234',
  versions: { autocannon: '9.0.0' },
};

function saturated(ratePerSecond: number): Saturated {
  const answered = ratePerSecond * 60;
  const load = sampleLoad({ kind: 'saturation', connections: 64, ratePerSecond, answered });
  return { autocannon: load, own: load, cpuMicroseconds: 30 };
}

/** A run of `npm run bench` that reached everything. */
export function sampleReads(): ReadsRecord {
  const full = samplePhase({ ratePerSecond: 10_000, answered: 600_000 });
  return {
    madeAt: '2026-09-01T12:00:00.000Z',
    machine,
    options: { scale: 1, minutes: 1, quick: false, withoutBefore: false },
    limits: { RATE_LIMIT_USER_PER_SECOND: '0' },
    data: {
      courses: 2_000,
      users: 2_000,
      enrollments: 10_000,
      semesters: 4,
      departments: 14,
      questions: 300,
    },
    before: {
      alone: sampleLoad({ ratePerSecond: 3 }),
      saturated: sampleLoad({ ratePerSecond: 2, answered: 120, bytes: 1_200_000 }),
      saturatedCounts: { scans: 500, otherCalls: 12, readUnits: 30_000, writeUnits: 0, bytes: 90_000_000 },
      paced: sampleLoad({ answered: 60, unanswered: 7_940 }),
      enrollments: sampleLoad(),
    },
    bare: {
      bare5: saturated(22_000),
      bare15: saturated(20_000),
      same: saturated(20_000),
      hit: saturated(18_000),
      bodyBytes: 15_000,
    },
    after: {
      idle: samplePhase({ answered: 60 }),
      steady: samplePhase(),
      saturated: full,
      saturatedOwn: full,
      half: samplePhase(),
      most: samplePhase(),
      cold: samplePhase(),
      writingLess: { ...samplePhase(), beside: sampleLoad({ answered: 600 }) },
      writing: { ...samplePhase(), beside: sampleLoad({ answered: 1_500 }) },
    },
    pageBytes: { identity: 15_000, gzip: 2_600, br: 2_000, notModified: 300 },
  };
}

/** A run of `npm run bench:registration` that reached everything. */
export function sampleRegistration(): RegistrationRecord {
  const way = (ratePerSecond: number, lastMs: number) => {
    const times = { ratePerSecond, seconds: 600 / ratePerSecond, latency: { ...latency, maxMs: lastMs } };
    const load = sampleLoad({ kind: 'burst', ...times });
    const rush = { capacity: 600, load, enrolled: 600, refused: 0, lost: 0 };
    const few = { capacity: 100, load: { ...load, failed: 500 }, enrolled: 100, refused: 500, lost: 0 };
    return { everybody: [rush, rush, rush], few, spread: load, alone: sampleLoad() };
  };
  const published = { ...histogram, p99: 0.02 };
  return {
    madeAt: '2026-09-01T13:00:00.000Z',
    machine,
    quick: false,
    result: {
      students: 600,
      courses: 200,
      gateway: way(900, 700),
      naive: way(110, 5_400),
      withoutQueue: way(30, 6_000).everybody,
      unfollowed: way(1_000, 600).few,
      bareTransactionMs: { p50: 0.3, p95: 0.6, average: 0.35 },
      published: { spread: published, rushes: published, alone: published },
      judged: { completions: 40, plainMs: [5, 5.2, 5.1], judgedMs: [5.5, 5.4, 5.6] },
    },
  };
}

/** The part about sections of a run that reached everything. */
export function sampleSections(): SectionsRecord {
  const load = sampleLoad({ kind: 'burst', sent: 600, answered: 600 });
  const plain = { load: sampleLoad(), perSecond: 10, enrolled: 120, unavailable: 0 };
  const counts = { answeredInTime: 600, unavailable: 0, taken: 600, enrolled: 590, waiting: 10, lost: 0 };
  const used = { transactions: 60, cpuSeconds: { enrollments: 2, dynamodb: 3 } };
  const rush = { load, ...counts, ...used, alone: plain, beside: { ...plain, perSecond: 9 } };
  const run = { students: 600, labs: 12, plainRate: 10, plainCourses: 30, rushes: [rush, rush, rush] };
  return {
    madeAt: '2026-09-01T13:00:00.000Z',
    machine,
    quick: false,
    result: {
      cost: { plainMs: [5, 5.2, 5.1], sectionMs: [5.3, 5.4, 5.2] },
      bundles: [
        { ...run, instances: 1 },
        { ...run, instances: 2 },
      ],
    },
  };
}
