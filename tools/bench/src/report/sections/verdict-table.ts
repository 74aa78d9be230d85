import { table } from '../format.ts';
import type { Verdict } from '../verdicts.rules.ts';

/** Targets with what they came to, and below them what stands in the way of those that were missed. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ figure, target, measured, reached }) => [
    figure,
    target,
    measured,
    reached ? 'reached' : '**missed**',
  ]);
  const reasons = verdicts.flatMap(({ figure, reached, why }) =>
    reached || why === undefined ? [] : [`- **${figure}**: ${why}`],
  );
  return [table(['figure', 'target', 'measured', ''], rows), reasons.join('\n')].filter(Boolean).join('\n\n');
}
