/**
 * `npm run prove`: shows that no seat is given twice, under load and faults.
 *
 * The exit code is 0 only when every invariant held.
 */
import { runCommand, standardTerminal } from '@registrar/stack';
import { proveOptions, usage } from './options.ts';
import type { ProveOptions } from './options.ts';
import { reportLines, violationsOf } from './report/report.ts';
import { prove } from './run-prove.ts';

const { info: say } = standardTerminal;

async function run(options: ProveOptions): Promise<void> {
  const startedAt = performance.now();
  say(`Seed ${options.seed}`);
  const { judged, snapshot } = await prove(options, standardTerminal, `prove-${process.pid}`);
  for (const line of reportLines(judged, snapshot)) say(line);
  const violations = violationsOf(judged);
  const took = `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
  say(`${violations} violations with seed ${options.seed}, in ${took}`);
  if (violations > 0) process.exitCode = 1;
}

await runCommand(async () => {
  const options = proveOptions(process.argv.slice(2), Math.random);
  if (options === 'help') say(usage);
  else await run(options);
});
