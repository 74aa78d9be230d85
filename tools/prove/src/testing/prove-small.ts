import { silentTerminal } from '@registrar/stack';
import { expect, it } from 'vitest';
import { proveOptions } from '../options.ts';
import { reportLines, violationsOf } from '../report/report.ts';
import { prove } from '../run-prove.ts';
import type { Sabotage } from '../sabotage/sabotage.ts';

/** Enough for each fault to be met many times; the rest of a proof is waiting. */
const sabotagedWorkload = ['--seed', '2028', '--seconds', '5', '--chaos', 'none', '--crowd', '0'];

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

/** The test that faults break these invariants, all in one system. */
export function itCatches(faults: readonly Sabotage[], ...invariants: string[]): void {
  const sabotage = faults.join();
  it(`catches ${sabotage}, by ${invariants.join(', ')}`, async () => {
    const args = [...sabotagedWorkload, '--sabotage', sabotage];
    const { broken, report } = await proveSmall(faults.join('-'), args);
    expect(broken, report).toEqual(expect.arrayContaining(invariants));
    expect(report).toMatch(/BROKEN/);
  });
}
