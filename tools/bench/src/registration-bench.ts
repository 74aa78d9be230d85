/**
 * `npm run bench:registration`: how fast a seat is given, beside the naive way, in one run. Writes its part of
 * `bench.json` and `docs/performance.md`; with `--quick` into `.local/bench-report` instead.
 */
import { parseArgs } from 'node:util';
import { runCommand } from '@registrar/stack';
import { machineRecord } from './observe/machine.ts';
import { timedSay } from './phases/say.ts';
import { runRegistration } from './registration/run-registration.ts';
import { writeReport } from './report/write-report.ts';

await runCommand(async () => {
  const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
  const say = timedSay();
  const machine = machineRecord();
  const madeAt = new Date().toISOString();
  const result = await runRegistration(quick, say);
  say(await writeReport({ registration: { madeAt, machine, quick, result } }, quick));
});
