import { seededRandom, shuffled } from '@registrar/testing/random';
import type { LoadJob } from '../load/load-job.ts';
import type { Durations } from '../options/bench-options.ts';
import { anonymous, closed, inOrder, only, paced, saturation } from './jobs.ts';
import type { BenchRun } from './measure.ts';
import { measure } from './measure.ts';
import type { PhaseResult } from './phase-result.ts';
import type { Prepared } from './prepare.ts';
import { enrollmentRequests, warmUp } from './prepare.ts';

/** The measured phases of the system, in the order in which they ran. */
export interface AfterResult {
  /** Without requests: what the apps do by themselves. */
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
const writers = 50;

/** One request every second, to see the apps idle. */
function nearlyNothing(url: string, seconds: number): LoadJob {
  const path = '/health/live';
  const request = anonymous(`GET ${path}`, path);
  return paced(url, only(request), { connections: 1, ratePerSecond: 1, seconds });
}

/** Measures the system after, phase by phase. */
export async function runAfter(
  { bench, generators, say }: BenchRun,
  prepared: Prepared,
  durations: Durations,
): Promise<AfterResult> {
  const { url } = bench;
  const { shares } = prepared;
  const run = (job: LoadJob, beside?: LoadJob) => measure(bench, generators, job, beside);
  const at = (ratePerSecond: number, seconds: number) =>
    paced(url, shares, { connections, ratePerSecond, seconds });
  const warm = async () => {
    await warmUp(bench, prepared, generators.main);
    await generators.main.runJob(at(steadyRate, durations.paced / 3));
  };

  say('after: idle');
  const idle = await run(nearlyNothing(url, durations.paced / 3));
  say('after: warm-up pass');
  await warm();
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
  await warm();
  const spare = shuffled(seededRandom(5), prepared.data.spare);
  const withWrites = async (ratePerSecond: number): Promise<PhaseResult> => {
    await bench.untilIdle();
    say(`after: ${ratePerSecond} enrollments a second beside`);
    const planned = spare.splice(0, Math.ceil(durations.paced * ratePerSecond));
    const requests = enrollmentRequests(prepared, planned, 'write');
    const writes = inOrder(url, requests, { connections: writers, ratePerSecond });
    return run(at(steadyRate, durations.paced), writes);
  };
  const writingLess = await withWrites(20);
  const writing = await withWrites(50);
  return { idle, steady, saturated, saturatedOwn, half, most, cold, writingLess, writing };
}
