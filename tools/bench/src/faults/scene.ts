import type { MisbehavingSmtp } from '@registrar/testing';
import { endpoints } from '../mix/mix.ts';
import type { Share } from '../load/load-job.ts';
import type { LoadResult } from '../load/load-job.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import { paced } from '../phases/jobs.ts';
import type { Generators } from '../phases/measure.ts';
import type { Prepared } from '../phases/prepare.ts';
import type { Say } from '../phases/say.ts';

/** What a scenario runs on. */
export interface Scene {
  readonly bench: BenchSystem;
  readonly generators: Generators;
  readonly prepared: Prepared;
  /** Takes the system's mails. */
  readonly smtp: MisbehavingSmtp;
  readonly say: Say;
  /** Enrollments that are not made yet. */
  takeSpare(count: number): Prepared['data']['spare'];
}

/** One kind of requests of the mix. */
export function shareOf({ shares }: Prepared, kind: keyof typeof endpoints): Share[] {
  return shares.filter(({ requests }) => requests[0]?.endpoint === endpoints[kind]);
}

/** Reads at 200 requests a second beside whatever goes on. */
export async function readBeside(
  { bench, generators, prepared }: Scene,
  kind: keyof typeof endpoints,
  seconds: number,
): Promise<LoadResult> {
  const load = { connections: 50, ratePerSecond: 200, seconds };
  return generators.main.runJob(paced(bench.url, shareOf(prepared, kind), load));
}
