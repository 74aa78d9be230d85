/**
 * `npm run prove`: whoever doubts that no seat is given twice runs it and sees.
 *
 * The exit code is 0 only when every invariant held.
 */
import { standardTerminal } from '@registrar/stack';
import { proveOptions, usage } from './options.ts';
import { reportLines, violationsOf } from './report/report.ts';
import { prove } from './run-prove.ts';

const startedAt = performance.now();
const options = proveOptions(process.argv.slice(2), Math.random);
if (options === 'help') {
  standardTerminal.say(usage);
  process.exit(0);
}
standardTerminal.say(`Seed ${options.seed}`);
const { judged, world } = await prove(options, standardTerminal, `prove-${process.pid}`);
for (const line of reportLines(judged, world)) standardTerminal.say(line);
const violations = violationsOf(judged);
const took = `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
standardTerminal.say(`${violations} violations with seed ${options.seed}, in ${took}`);
process.exit(violations === 0 ? 0 : 1);
