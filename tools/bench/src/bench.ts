/**
 * `npm run bench`: before and after, on one machine, in one run, on the same data. Writes `bench.json` and
 * `docs/performance.md`; with `--quick` into `.local/bench-report` instead, for its figures mean nothing.
 */
import { runCommand } from '@registrar/stack';
import { benchOptions } from './options/bench-options.ts';
import { runReads } from './phases/run-reads.ts';
import { writeReport } from './report/write-report.ts';

await runCommand(async () => {
  const options = benchOptions(process.argv.slice(2));
  const reads = await runReads(options);
  console.log(await writeReport({ reads }, options.quick));
});
