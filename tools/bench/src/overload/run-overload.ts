import { setTimeout as delay } from 'node:timers/promises';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { bodyOf } from '@registrar/contracts-http';
import { seededRandom, shuffled } from '@registrar/testing/random';
import type { PlannedEnrollment } from '../dataset/dataset.ts';
import { Latencies } from '../load/latencies.ts';
import { endpointOf } from '../load/load-job.ts';
import type { LoadJob, LoadResult } from '../load/load-job.ts';
import { sumOf } from '../observe/metrics-text.ts';
import type { OverloadOptions } from '../options/bench-options.ts';
import { enrollment, inOrder, once, paced } from '../phases/jobs.ts';
import type { BenchRun } from '../phases/measure.ts';
import { measure, withBench } from '../phases/measure.ts';
import type { Prepared } from '../phases/prepare.ts';
import { enrollmentRequests, prepare, warmUp } from '../phases/prepare.ts';
import { startChild } from '../child-process.ts';
import { seedApi } from '../seed/api-client.ts';
import type { EnrollmentCost, OverloadPhase, OverloadResult, Writes } from './overload-result.ts';

const readRate = 800;
const readConnections = 200;
const capacityConnections = 16;
/** A request which is due finds a connection free where the others take no longer than this, seconds. */
const connectionSeconds = 5;
const costRate = 30;
const costCourses = 60;
const rushSize = 600;
/** What is not followed up by then is lost. */
const followedWithinMs = 90_000;
const followedEveryMs = 250;

interface Sizes {
  readonly scale: number;
  /** Length of each phase. */
  readonly seconds: number;
}

/** Spare enrollments for four times 80 a second, and for what comes before. */
const whole: Sizes = { scale: 0.8, seconds: 20 };
const quick: Sizes = { scale: 0.3, seconds: 5 };
/** Enough for every student to have a list; more would take minutes to be followed up. */
const loadedEnrollments = 1_200;

/** Measures what an enrollment costs, and how reads and writes fare beyond what the machine can do. */
export async function runOverload(options: OverloadOptions): Promise<OverloadResult> {
  const sizes = options.quick ? quick : whole;
  return withBench('bench-overload', async (run) => {
    const prepared = await prepare(run.bench, sizes.scale, run.say, { enrollments: loadedEnrollments });
    const spinner = options.busy ? await startChild('overload/spinner') : undefined;
    try {
      return { options, ...(await new Overload(run, prepared, sizes).measure()) };
    } finally {
      await spinner?.stop();
    }
  });
}

class Overload {
  private readonly spare: PlannedEnrollment[];

  private readonly run: BenchRun;
  private readonly prepared: Prepared;
  private readonly sizes: Sizes;

  constructor(run: BenchRun, prepared: Prepared, sizes: Sizes) {
    this.run = run;
    this.prepared = prepared;
    this.sizes = sizes;
    this.spare = shuffled(seededRandom(9), prepared.data.spare);
  }

  async measure(): Promise<Omit<OverloadResult, 'options'>> {
    const { bench, generators, say } = this.run;
    await warmUp(bench, this.prepared, generators.main);
    // The first thousands of a process are slow whatever it does.
    await generators.beside.runJob(this.writesAt(costRate, 20, this.takeOf(costCourses)));
    await bench.untilIdle();
    say(`${costRate} enrollments a second over ${costCourses} courses`);
    const spread = await this.cost(() =>
      this.writesAt(costRate, this.sizes.seconds, this.takeOf(costCourses)),
    );
    say(`${rushSize} at once for one course`);
    await this.cost(() => this.rush(0));
    const rush = await this.cost(() => this.rush(1));
    const capacity = await this.capacity();
    const phases: OverloadPhase[] = [];
    for (const times of [1, 2, 4]) phases.push(await this.phase(times, capacity));
    return { cost: { spread, rush }, capacity, phases };
  }

  /** CPU for each request of a job with all that follows, idle taken off. */
  private async cost(job: () => LoadJob | Promise<LoadJob>): Promise<EnrollmentCost> {
    const { bench, generators } = this.run;
    const load = await job();
    await bench.untilIdle();
    const atRest = bench.cpu();
    const restSeconds = 10;
    await delay(restSeconds * 1_000);
    const before = bench.cpu();
    const startedAtMs = performance.now();
    const { answered, failed } = await generators.beside.runJob(load);
    if (failed > 0) this.run.say(`${failed} of ${answered} failed`);
    await bench.untilIdle();
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const after = bench.cpu();
    const costs = Object.entries(after).map(([name, used]) => {
      const idle = (((before[name] ?? 0) - (atRest[name] ?? 0)) / restSeconds) * seconds;
      return [name, ((used - (before[name] ?? 0) - idle) * 1_000) / Math.max(1, answered - failed)];
    });
    const result = Object.fromEntries(costs) as EnrollmentCost;
    this.run.say(
      Object.entries(result)
        .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
        .join(', '),
    );
    return result;
  }

  private async capacity(): Promise<number> {
    const { bench, generators, say } = this.run;
    await bench.untilIdle();
    const { seconds } = this.sizes;
    const requests = enrollmentRequests(this.prepared, this.spare.splice(0, 2_000), 'capacity');
    const shares = [{ weight: 1, requests }];
    const job: LoadJob = {
      ...once(bench.url, requests, capacityConnections),
      shares,
      kind: 'closed',
      seconds,
      inOrder: true,
    };
    const [load] = await Promise.all([generators.beside.runJob(job), generators.main.runJob(this.reads())]);
    const { goodput } = writesOf(load, seconds);
    say(`${goodput.toFixed(1)} enrollments a second by ${capacityConnections} connections, beside the reads`);
    return goodput;
  }

  private async phase(times: number, capacity: number): Promise<OverloadPhase> {
    const { bench, generators, say } = this.run;
    await bench.untilIdle();
    const ratePerSecond = Math.max(1, Math.round(capacity * times));
    const { seconds } = this.sizes;
    say(`${readRate} reads a second beside ${ratePerSecond} enrollments a second`);
    const planned = this.spare.splice(0, ratePerSecond * seconds);
    const job = this.writesAt(ratePerSecond, seconds, planned);
    const before = await this.followed();
    const {
      load: reads,
      beside: load = reads,
      processes,
    } = await measure(bench, generators, this.reads(), job);
    // Where the dataset has fewer than that, they end earlier.
    const writes = writesOf(load, Math.min(seconds, planned.length / ratePerSecond));
    const endedAtMs = performance.now();
    const lost = await this.untilFollowed(before, writes.enrolled);
    const followedSeconds = (performance.now() - endedAtMs) / 1_000;
    const recoverySeconds = followedSeconds + (await bench.untilIdle());
    const cpu = Object.fromEntries(
      Object.entries(processes).map(([name, { cpuAverage }]) => [name, cpuAverage]),
    );
    const phase = { times, ratePerSecond, reads, writes, cpu, recoverySeconds, lost };
    say(summaryOf(phase));
    return phase;
  }

  /** Waits until every enrollment has its notification and its mail; gives how many have not after the time limit. */
  private async untilFollowed(before: readonly number[], enrolled: number): Promise<number> {
    const untilMs = performance.now() + followedWithinMs;
    for (;;) {
      const now = await this.followed();
      const missing = Math.max(0, ...now.map((count, at) => enrolled - (count - (before[at] ?? 0))));
      if (missing === 0 || performance.now() > untilMs) return missing;
      await delay(followedEveryMs);
    }
  }

  /** Notifications of enrollments and mails, so far. */
  private async followed(): Promise<number[]> {
    const samples = await this.run.bench.metrics();
    return [
      sumOf(samples, 'notifications_ledger_rows_total', { kind: 'enrolled' }),
      sumOf(samples, 'notifications_mail_attempts_total', { outcome: 'sent' }),
    ];
  }

  private reads(): LoadJob {
    const load = { connections: readConnections, ratePerSecond: readRate, seconds: this.sizes.seconds };
    return paced(this.run.bench.url, this.prepared.shares, load);
  }

  private writesAt(ratePerSecond: number, seconds: number, planned: readonly PlannedEnrollment[]): LoadJob {
    const requests = enrollmentRequests(this.prepared, planned.slice(0, ratePerSecond * seconds), 'overload');
    const connections = ratePerSecond * connectionSeconds;
    return inOrder(this.run.bench.url, requests, { connections, ratePerSecond });
  }

  /** Takes spare enrollments of so many courses. */
  private takeOf(courses: number): PlannedEnrollment[] {
    const chosen = new Set(
      [...new Set(this.spare.map(({ course }) => course))]
        .toSorted((one, other) => one - other)
        .slice(0, courses),
    );
    const own = this.spare.filter(({ course }) => chosen.has(course));
    const most = costRate * Math.max(20, this.sizes.seconds);
    const taken = new Set(own.slice(0, most));
    this.spare.splice(0, this.spare.length, ...this.spare.filter((each) => !taken.has(each)));
    return [...taken];
  }

  private async rush(round: number): Promise<LoadJob> {
    const { bench } = this.run;
    const { data, tokens } = this.prepared;
    const size = Math.min(rushSize, tokens.length);
    const semesterId = data.semesters.find(({ current }) => current)?.id ?? '';
    const body = {
      semesterId,
      departmentId: data.departments[0]?.id ?? '',
      code: `RUSH-${round}`,
      title: 'A course that everybody wants',
      credits: 1,
      capacity: size,
    };
    const token = bench.registrarToken();
    const { id } = bodyOf(await seedApi(bench.url).createCourse({ token, key: `rush-${round}`, body }));
    const requests = tokens.slice(0, size).map((own, at) => enrollment(own, id, `rush-${round}-${at}`));
    return { ...once(bench.url, requests, size), kind: 'burst' };
  }
}

function writesOf(load: LoadResult, seconds: number): Writes {
  const endpoint = load.endpoints[endpointOf(enrollmentRoutes.enroll)];
  const { statuses = {}, latencyByStatus = {} } = endpoint ?? {};
  const none = new Latencies().summary();
  const [enrolled, refused] = [statuses['201'] ?? 0, statuses['503'] ?? 0];
  return {
    asked: load.sent,
    enrolled,
    refused,
    failed: load.sent - enrolled - refused,
    goodput: enrolled / Math.max(seconds, load.seconds),
    enrolledLatency: latencyByStatus['201'] ?? none,
    refusedLatency: latencyByStatus['503'] ?? none,
  };
}

function summaryOf({ reads, writes, cpu, recoverySeconds, lost }: OverloadPhase): string {
  const { latency, failed, unanswered } = reads;
  const { enrolledLatency, refusedLatency } = writes;
  return [
    `reads ${latency.averageMs.toFixed(1)} ms, p99 ${latency.p99Ms.toFixed(0)} ms, ${failed + unanswered} failed`,
    `writes ${writes.enrolled} (${writes.goodput.toFixed(1)} a second, p99 ${enrolledLatency.p99Ms.toFixed(0)} ms, most ${enrolledLatency.maxMs.toFixed(0)} ms)`,
    `${writes.refused} refused (p99 ${refusedLatency.p99Ms.toFixed(0)} ms), ${writes.failed} failed`,
    `idle after ${recoverySeconds.toFixed(1)} s, ${lost} lost`,
    Object.entries(cpu)
      .map(([name, share]) => `${name} ${share.toFixed(2)}`)
      .join(' '),
    Object.entries(reads.endpoints)
      .map(([name, { latency: own }]) => `${name} ${own.p50Ms.toFixed(1)}/${own.p99Ms.toFixed(0)} ms`)
      .join(', '),
  ].join('; ');
}
