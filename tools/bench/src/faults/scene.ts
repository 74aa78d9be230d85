import type { MisbehavingSmtp } from '@registrar/testing';
import type { PlannedEnrollment } from '../dataset/dataset.ts';
import type { LoadResult, Share } from '../load/load-job.ts';
import { endpoints } from '../mix/mix.ts';
import { paced } from '../phases/jobs.ts';
import type { BenchRun } from '../phases/measure.ts';
import type { Prepared } from '../phases/prepare.ts';

/** What a scenario runs on. */
export interface Scene extends BenchRun {
  readonly prepared: Prepared;
  /** Takes the system's mails. */
  readonly smtp: MisbehavingSmtp;
  /** Enrollments that are not made yet; a scenario removes those that it makes. */
  readonly spare: PlannedEnrollment[];
}

/** One kind of requests of the mix. */
export function shareOf({ shares }: Prepared, kind: keyof typeof endpoints): Share[] {
  return shares.filter(({ requests }) => requests[0]?.endpoint === endpoints[kind]);
}

/** Reads at 200 requests a second, beside a fault or without. */
export async function readBeside(
  { bench, generators, prepared }: Scene,
  kind: keyof typeof endpoints,
  seconds: number,
): Promise<LoadResult> {
  const load = { connections: 50, ratePerSecond: 200, seconds };
  return generators.main.runJob(paced(bench.url, shareOf(prepared, kind), load));
}
