import type { Generator } from '../load/start-generator.ts';
import type { LoadJob } from '../load/load-job.ts';
import { difference } from '../observe/metrics-text.ts';
import { Watch } from '../observe/watch.ts';
import type { BenchSystem } from './bench-system.ts';
import type { PhaseResult } from './phase-result.ts';
import { counted, processResult } from './summarise.ts';

/** The two generators of a run: one for what is measured, one for what goes on beside it. */
export interface Generators {
  readonly main: Generator;
  readonly beside: Generator;
}

/** Runs a job against the system, watches its processes and counts what it counted meanwhile. */
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
  const seen = watch.stop();
  const after = await bench.metrics();
  return {
    load,
    ...(beside !== undefined && { beside }),
    processes: Object.fromEntries(Object.entries(seen).map(([name, each]) => [name, processResult(each)])),
    counted: counted(difference(before, after)),
  };
}
