import { table } from '../format.ts';
import type { Verdict } from '../verdicts.rules.ts';

/** Targets with what they came to. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(
    ['figure', 'target', 'measured', ''],
    verdicts.map(({ figure, target, measured, reached }) => [
      figure,
      target,
      measured,
      reached ? 'reached' : '**missed**',
    ]),
  );
}
