import { describe, expect, it } from 'vitest';
import { silentTerminal } from '@registrar/stack';
import { proveOptions } from './options.ts';
import { reportLines, violationsOf } from './report/report.ts';
import { prove } from './run-prove.ts';
import type { Sabotage } from './sabotage/sabotage.ts';

/** Time for one run where many others share the machine, ms; alone it takes a tenth of it. */
const timeoutMs = 240_000;

/** On the backing services of the test run; what freezes one is left to the command itself. */
async function proveSmall(args: readonly string[]) {
  const options = proveOptions(['--small', '--external', ...args], Math.random);
  if (options === 'help') throw new Error('Nobody asked for help.');
  const { judged, snapshot } = await prove(options, silentTerminal, `e2e-prove-${process.pid}`);
  const broken = judged.filter(({ finding }) => finding.violations.length > 0);
  return {
    violations: violationsOf(judged),
    broken: broken.map(({ invariant }) => invariant.name),
    unchecked: judged.filter(({ finding }) => finding.checked === 0).map(({ invariant }) => invariant.name),
    report: reportLines(judged, snapshot).join('\n'),
  };
}

describe('a small proof', () => {
  it(
    'finds nothing wrong while instances are killed and Redis comes and goes',
    async () => {
      const { violations, report } = await proveSmall(['--seed', '2027']);
      expect(violations, report).toBe(0);
    },
    timeoutMs,
  );

  it.each<[Sabotage, caughtBy: string]>([
    ['no-condition', 'counts'],
    ['ack-before-commit', 'acknowledged'],
    ['lost-outbox', 'sequences'],
    ['stale-cache', 'own-writes'],
  ])(
    'catches %s, by %s',
    async (sabotage, caughtBy) => {
      const { broken, report } = await proveSmall([
        '--seed',
        '2028',
        '--chaos',
        'none',
        '--sabotage',
        sabotage,
      ]);
      expect(broken, report).toContain(caughtBy);
      expect(report).toMatch(/BROKEN/);
    },
    timeoutMs,
  );
});
