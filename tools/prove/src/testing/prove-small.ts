import { silentTerminal } from '@registrar/stack';
import { proveOptions } from '../options.ts';
import { reportLines, violationsOf } from '../report/report.ts';
import { prove } from '../run-prove.ts';

/** On the backing services of the test run; what freezes one is left to the command itself. */
export async function proveSmall(name: string, args: readonly string[]) {
  const options = proveOptions(['--small', '--external', ...args], Math.random);
  if (options === 'help') throw new Error('Nobody asked for help.');
  const { judged, snapshot } = await prove(options, silentTerminal, `e2e-${name}-${process.pid}`);
  const broken = judged.filter(({ finding }) => finding.violations.length > 0);
  return {
    violations: violationsOf(judged),
    broken: broken.map(({ invariant }) => invariant.name),
    report: reportLines(judged, snapshot).join('\n'),
  };
}
