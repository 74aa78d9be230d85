import { silentTerminal } from '@registrar/stack';
import { expect, it } from 'vitest';
import { proveOptions } from '../options.ts';
import { reportLines, violationsOf } from '../report/report.ts';
import { prove } from '../run-prove.ts';
import type { Sabotage } from '../sabotage/sabotage.ts';

/** Enough for most faults to be met many times; the rest of a proof is waiting. */
const sabotagedWorkload = ['--seconds', '5', '--chaos', 'none', '--crowd', '0'];
/** Of the runs of a sabotaged system: which students meet which fault depends on the seed, and on the machine's speed. */
const seeds = ['2028', '2029', '2030', '2031'];

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

/** The test that faults break each of these invariants, all in one system, in one of a few runs. */
export function itCatches(faults: readonly Sabotage[], ...invariants: string[]): void {
  const sabotage = faults.join();
  it(`catches ${sabotage}, by ${invariants.join(', ')}`, async () => {
    const caught = new Set<string>();
    const reports: string[] = [];
    for (const seed of seeds) {
      const args = [...sabotagedWorkload, '--seed', seed, '--sabotage', sabotage];
      const { broken, report } = await proveSmall(`${faults[0] ?? ''}-${seed}`, args);
      expect(report).toMatch(/BROKEN/);
      for (const name of broken) caught.add(name);
      reports.push(report);
      if (invariants.every((name) => caught.has(name))) break;
    }
    expect([...caught], reports.join('\n')).toEqual(expect.arrayContaining(invariants));
  });
}
