import { seededRandom, shuffled } from '@registrar/testing/random';
import type { LoadJob } from '../load/load-job.ts';
import { warmUpList } from '../mix/mix.ts';
import type { Durations } from '../options/bench-options.ts';
import type { BenchSystem } from './bench-system.ts';
import { closed, enrollment, once, paced, saturation } from './jobs.ts';
import type { Generators } from './measure.ts';
import { measure } from './measure.ts';
import type { PhaseResult } from './phase-result.ts';
import type { Prepared } from './prepare.ts';
import type { Say } from './say.ts';

/** The measured phases of the system, in the order in which they ran. */
export interface AfterResult {
  /** Nothing asked: what the apps do by themselves. */
  readonly idle: PhaseResult;
  /** 200 connections, 800 requests a second. */
  readonly steady: PhaseResult;
  /** 64 connections, as much as it takes, by autocannon; and by the bench's own generator. */
  readonly saturated: PhaseResult;
  readonly saturatedOwn: PhaseResult;
  readonly half: PhaseResult;
  readonly most: PhaseResult;
  /** The apps just started, their caches and Redis empty. */
  readonly cold: PhaseResult;
  /** 800 requests a second and 20 enrollments a second beside them. */
  readonly writingLess: PhaseResult;
  /** 800 requests a second and 50 enrollments a second beside them. */
  readonly writing: PhaseResult;
}

const connections = 200;
const steadyRate = 800;
const enrollmentsPerSecond = 50;
const fewerPerSecond = 20;
const writers = 50;

/** Enrollments of students in courses that they are not in yet, beginning behind the first `used` such pairs. */
function writesOf(
  { data, loaded, tokens }: Prepared,
  url: string,
  { ratePerSecond, seconds, used }: { ratePerSecond: number; seconds: number; used: number },
): LoadJob {
  const count = Math.ceil(seconds * ratePerSecond);
  const requests = shuffled(seededRandom(5), data.spare)
    .slice(used, used + count)
    .map(({ user, course }) =>
      enrollment(tokens[user] ?? '', loaded.courses[course]?.id ?? '', `write-${user}-${course}`),
    );
  const load = { connections: writers, ratePerSecond, seconds };
  return { ...paced(url, [{ weight: 1, requests }], load), inOrder: true };
}

/** A closed run of one request every second, which is next to nothing: to see the apps idle. */
function nearlyNothing(url: string, seconds: number): LoadJob {
  const request = { endpoint: 'GET /health/live', method: 'GET', path: '/health/live', headers: {} } as const;
  const load = { connections: 1, ratePerSecond: 1, seconds };
  return paced(url, [{ weight: 1, requests: [request] }], load);
}

/** Measures the system after, phase by phase. */
export async function runAfter(
  bench: BenchSystem,
  prepared: Prepared,
  generators: Generators,
  durations: Durations,
  say: Say,
): Promise<AfterResult> {
  const { url } = bench;
  const { shares } = prepared;
  const run = (job: LoadJob, beside?: LoadJob) => measure(bench, generators, job, beside);
  const at = (ratePerSecond: number, seconds: number) =>
    paced(url, shares, { connections, ratePerSecond, seconds });

  say('after: idle');
  const idle = await run(nearlyNothing(url, durations.paced / 3));
  say('after: warm-up pass');
  await generators.main.runJob(once(url, warmUpList(shares), 32));
  await generators.main.runJob(at(steadyRate, durations.paced / 3));
  say(`after: ${connections} connections, ${steadyRate} requests a second, ${durations.steady} s`);
  const steady = await run(at(steadyRate, durations.steady));
  say('after: 64 connections, as much as it takes');
  const saturatedOwn = await run(closed(url, shares, durations.saturation));
  const saturated = await run(saturation(url, shares, durations.saturation));
  const full = saturated.load.ratePerSecond;
  say(`after: ${Math.round(full)} requests a second; now 50 % and 80 % of it`);
  const half = await run(at(full * 0.5, durations.paced / 2));
  const most = await run(at(full * 0.8, durations.paced / 2));
  say('after: restarted, with empty caches');
  await bench.restartCold();
  const cold = await run(at(steadyRate, durations.paced));
  await generators.main.runJob(once(url, warmUpList(shares), 32));
  await generators.main.runJob(at(steadyRate, durations.paced / 3));
  const beside = async (ratePerSecond: number, used: number): Promise<PhaseResult> => {
    await bench.untilIdle();
    say(`after: ${ratePerSecond} enrollments a second beside`);
    const seconds = durations.paced;
    return run(at(steadyRate, seconds), writesOf(prepared, url, { ratePerSecond, seconds, used }));
  };
  const writingLess = await beside(fewerPerSecond, 0);
  const writing = await beside(enrollmentsPerSecond, writingLess.beside?.sent ?? 0);
  return { idle, steady, saturated, saturatedOwn, half, most, cold, writingLess, writing };
}
