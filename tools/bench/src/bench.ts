/**
 * `npm run bench`: before and after, on one machine, in one run, on the same data. `npm run bench -- overload`: reads
 * beside more enrollments than the machine can do. Writes `bench.json` and `docs/performance.md`; with `--quick` into
 * `.local/bench-report` instead, for its figures mean nothing.
 */
import { runCommand } from '@registrar/stack';
import { machineRecord } from './observe/machine.ts';
import { benchOptions, overloadOptions } from './options/bench-options.ts';
import { runOverload } from './overload/run-overload.ts';
import { runReads } from './phases/run-reads.ts';
import { writeReport } from './report/write-report.ts';

const args = process.argv.slice(2);

async function overload(): Promise<string> {
  const options = overloadOptions(args.slice(1));
  const [machine, madeAt] = [machineRecord(), new Date().toISOString()];
  const record = { madeAt, machine, result: await runOverload(options) };
  return writeReport({ [options.busy ? 'overloadBusy' : 'overload']: record }, options.quick);
}

async function reads(): Promise<string> {
  const options = benchOptions(args);
  return writeReport({ reads: await runReads(options) }, options.quick);
}

await runCommand(async () => {
  console.log(await (args[0] === 'overload' ? overload() : reads()));
});
