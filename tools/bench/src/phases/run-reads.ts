import { machineRecord } from '../observe/machine.ts';
import type { BenchOptions } from '../options/bench-options.ts';
import { durationsOf } from '../options/bench-options.ts';
import type { ReadsRecord } from '../report/bench-record.ts';
import { benchLimits } from './bench-system.ts';
import type { BenchRun } from './measure.ts';
import { withBench } from './measure.ts';
import { pageBytes } from './page-bytes.ts';
import { prepare } from './prepare.ts';
import { runAfter } from './run-after.ts';
import { runBare } from './run-bare.ts';
import { runBefore } from './run-before.ts';

async function runPhases(
  run: BenchRun,
  options: BenchOptions,
): Promise<Omit<ReadsRecord, 'madeAt' | 'machine'>> {
  const { bench, say } = run;
  const durations = durationsOf(options);
  const prepared = await prepare(bench, options.scale, say);
  const before = options.withoutBefore ? undefined : await runBefore(run, prepared, durations);
  await bench.untilIdle();
  const after = await runAfter(run, prepared, durations);
  const bare = await runBare(run, durations);
  const { data, shares } = prepared;
  return {
    options,
    limits: benchLimits,
    data: {
      courses: data.courses.length,
      users: data.users.length,
      enrollments: data.enrollments.length,
      semesters: data.semesters.length,
      departments: data.departments.length,
      questions: new Set(shares[0]?.requests.map(({ path }) => path)).size,
    },
    ...(before !== undefined && { before }),
    bare,
    after,
    pageBytes: await pageBytes(run),
  };
}

/** One whole run: the system is started, loaded, measured beside the one before, and stopped. */
export async function runReads(options: BenchOptions): Promise<ReadsRecord> {
  const machine = machineRecord();
  const madeAt = new Date().toISOString();
  return { madeAt, machine, ...(await withBench('bench', (run) => runPhases(run, options))) };
}
