import { tableOf } from '../format.ts';
import type { Verdict } from '../verdicts.rules.ts';

/** Targets with what was measured, and below them the reasons of those that were missed. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = tableOf(verdicts, {
    figure: ({ figure }) => figure,
    target: ({ target }) => target,
    measured: ({ measured }) => measured,
    '': ({ reached }) => (reached ? 'reached' : '**missed**'),
  });
  const missed = verdicts.filter(({ reached, why }) => !reached && why !== undefined);
  const reasons = missed.map(({ figure, why }) => `- **${figure}**: ${why}`);
  return [rows, reasons.join('\n')].filter(Boolean).join('\n\n');
}
