/**
 * `npm run bench:registration`: how fast a seat is given, beside the naive way, in one run. Writes its part of
 * `bench.json` and `docs/performance.md`; with `--quick` into `.local/bench-report` instead, with `--only sections` no more
 * than the part about sections, in so many `--rounds`.
 */
import { parseArgs } from 'node:util';
import { runCommand } from '@registrar/stack';
import { machineRecord } from './observe/machine.ts';
import { timedSay } from './phases/say.ts';
import { runRegistration } from './registration/run-registration.ts';
import { runSections } from './sections/run-sections.ts';
import { writeReport } from './report/write-report.ts';

await runCommand(async () => {
  const { quick, only, rounds } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  }).values;
  if (only !== undefined && only !== 'sections') throw new Error('There is nothing but `--only sections`.');
  const say = timedSay();
  const machine = machineRecord();
  const madeAt = new Date().toISOString();
  const run = { madeAt, machine, quick };
  const registration = only ? undefined : { ...run, result: await runRegistration(quick, say) };
  const sections = { ...run, result: await runSections(quick, Number(rounds), say) };
  say(await writeReport({ ...(registration && { registration }), sections }, quick));
});
