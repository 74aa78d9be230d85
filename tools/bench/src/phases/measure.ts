import { startGenerator } from '../load/start-generator.ts';
import type { Generator } from '../load/start-generator.ts';
import type { LoadJob } from '../load/load-job.ts';
import { difference } from '../observe/metrics-text.ts';
import { Watch } from '../observe/watch.ts';
import { BenchSystem } from './bench-system.ts';
import { counted } from './counted.ts';
import type { PhaseResult } from './phase-result.ts';
import { timedSay } from './say.ts';
import type { Say } from './say.ts';

/** The two generators of a run: one for the measured load, one for load beside it. */
export interface Generators {
  readonly main: Generator;
  readonly beside: Generator;
}

/** A system that is measured, and what a run needs beside it. */
export interface BenchRun {
  readonly bench: BenchSystem;
  readonly generators: Generators;
  readonly say: Say;
}

/**
 * Starts a system of its own and two generators for `work`, and stops them after it.
 *
 * @param env goes to the apps
 */
export async function withBench<Result>(
  name: string,
  work: (run: BenchRun) => Promise<Result>,
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const say = timedSay();
  const bench = await BenchSystem.start(name, env);
  const generators = { main: await startGenerator(), beside: await startGenerator() };
  try {
    return await work({ bench, generators, say });
  } finally {
    await Promise.all([generators.main.stop(), generators.beside.stop()]);
    await bench.stop();
  }
}

/** Runs a job against the system, watches its processes and takes the difference of its metrics. */
export async function measure(
  bench: BenchSystem,
  generators: Generators,
  job: LoadJob,
  besideJob?: LoadJob,
): Promise<PhaseResult> {
  const before = await bench.metrics();
  const watch = new Watch({ ...bench.pids(), generator: generators.main.pid });
  const [load, beside] = await Promise.all([
    generators.main.runJob(job),
    besideJob === undefined ? undefined : generators.beside.runJob(besideJob),
  ]);
  const processes = watch.stop();
  return {
    load,
    ...(beside !== undefined && { beside }),
    processes,
    counted: counted(difference(before, await bench.metrics())),
  };
}
