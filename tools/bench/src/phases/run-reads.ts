import { startGenerator } from '../load/start-generator.ts';
import { machineRecord } from '../observe/machine.ts';
import type { BenchOptions } from '../options/bench-options.ts';
import { durationsOf } from '../options/bench-options.ts';
import type { ReadsRecord } from '../report/bench-record.ts';
import { BenchSystem, benchLimits } from './bench-system.ts';
import type { Generators } from './measure.ts';
import { pageBytes } from './page-bytes.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import { runAfter } from './run-after.ts';
import { runBare } from './run-bare.ts';
import { runBefore } from './run-before.ts';
import type { Say } from './say.ts';

async function runPhases(
  bench: BenchSystem,
  generators: Generators,
  options: BenchOptions,
  say: Say,
): Promise<Omit<ReadsRecord, 'madeAt' | 'machine' | 'options' | 'limits' | 'data'> & { prepared: Prepared }> {
  const durations = durationsOf(options);
  const prepared = await prepare(bench, options.scale, say);
  await bench.untilIdle();
  const before = options.withoutBefore
    ? undefined
    : await runBefore(bench, prepared, generators, durations, say);
  await bench.untilIdle();
  const after = await runAfter(bench, prepared, generators, durations, say);
  const bare = await runBare(bench, generators, durations, say);
  return {
    prepared,
    ...(before !== undefined && { before }),
    bare,
    after,
    pageBytes: await pageBytes(bench.url),
  };
}

/** One whole run: the system is started, loaded, measured beside the one before, and stopped. */
export async function runReads(options: BenchOptions, say: Say): Promise<ReadsRecord> {
  const machine = machineRecord();
  const madeAt = new Date().toISOString();
  const bench = await BenchSystem.start('bench');
  const generators = { main: await startGenerator(), beside: await startGenerator() };
  try {
    const { prepared, ...phases } = await runPhases(bench, generators, options, say);
    const { data, shares } = prepared;
    const size = {
      courses: data.courses.length,
      users: data.users.length,
      enrollments: data.enrollments.length,
      semesters: data.semesters.length,
      departments: data.departments.length,
      questions: new Set(shares[0]?.requests.map(({ path }) => path)).size,
    };
    return { madeAt, machine, options, limits: benchLimits, data: size, ...phases };
  } finally {
    await Promise.all([generators.main.stop(), generators.beside.stop()]);
    await bench.stop();
  }
}
