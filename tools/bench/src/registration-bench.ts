/**
 * `npm run bench:registration`: how fast a seat is given, beside the naive way, in one run. Writes its part of
 * `bench.json` and `docs/performance.md`; with `--quick` into `.local/bench-report` instead, with `--only sections` no more
 * than the part about sections, with `--only bundles` of that no more than the rushes, in so many `--rounds`.
 */
import { parseArgs } from 'node:util';
import { runCommand } from '@registrar/stack';
import { machineRecord } from './observe/machine.ts';
import { timedSay } from './phases/say.ts';
import { runRegistration } from './registration/run-registration.ts';
import { runBundles, runSectionCost } from './sections/run-sections.ts';
import { keptRecord, writeReport } from './report/write-report.ts';

const parts = ['sections', 'bundles'];

await runCommand(async () => {
  const { quick, only, rounds } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  }).values;
  if (only !== undefined && !parts.includes(only))
    throw new Error(`There is nothing but ${parts.map((part) => `\`--only ${part}\``).join(' and ')}.`);
  const say = timedSay();
  const machine = machineRecord();
  const madeAt = new Date().toISOString();
  const run = { madeAt, machine, quick };
  const registration = only ? undefined : { ...run, result: await runRegistration(quick, say) };
  const before = only === 'bundles' ? keptRecord(quick).sections : undefined;
  const cost = before?.result.cost ?? (await runSectionCost(quick, Number(rounds), say));
  const bundles = await runBundles(quick, Number(rounds), say);
  const costRun = before && (before.costRun ?? { madeAt: before.madeAt, machine: before.machine });
  const sections = { ...run, result: { cost, bundles }, ...(costRun && { costRun }) };
  say(await writeReport({ ...(registration && { registration }), sections }, quick));
});
