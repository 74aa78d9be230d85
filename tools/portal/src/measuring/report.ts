import type { Visit } from './visit.ts';

/** What the figures should stay under. */
export const goals = { interactiveMs: 1_000, interactionMs: 200, layoutShift: 0.02 } as const;

/** The visits of one screen. */
export interface ScreenVisits {
  readonly name: string;
  readonly visits: readonly Visit[];
}

const columns = [
  'screen',
  'interactive, first visit',
  'interactive, again',
  'worst interaction',
  'layout shift',
];

/** A Markdown table: medians of the visits, but of layout shifts the worst. What misses its goal is bold. */
export function reportOf(screens: readonly ScreenVisits[]): string {
  const { interactiveMs, interactionMs, layoutShift } = goals;
  const rows = [
    ['**goal**', ms(interactiveMs), ms(interactiveMs), ms(interactionMs), String(layoutShift)],
    ...screens.map(({ name, visits }) => {
      const worst = worstInteraction(visits);
      return [
        name,
        held(median(visits.map(({ firstMs }) => firstMs)), interactiveMs, ms),
        held(median(visits.map(({ againMs }) => againMs)), interactiveMs, ms),
        `${held(worst.durationMs, interactionMs, ms)} (${worst.name})`,
        held(Math.max(...visits.map((visit) => visit.layoutShift)), layoutShift, (value) => value.toFixed(3)),
      ];
    }),
  ];
  return tableOf([columns, ...rows]);
}

/** The interaction whose median is the longest. */
function worstInteraction(visits: readonly Visit[]): { name: string; durationMs: number } {
  const names = [...(visits[0]?.interactions.keys() ?? [])];
  return names
    .map((name) => ({ name, durationMs: median(visits.map((visit) => visit.interactions.get(name) ?? 0)) }))
    .reduce((worst, one) => (one.durationMs > worst.durationMs ? one : worst));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle);
  return sorted.length % 2 === 0 ? (low + high) / 2 : low;
}

function held(value: number, goal: number, words: (value: number) => string): string {
  return value <= goal ? words(value) : `**${words(value)}**`;
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows.map(line);
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [head, rule, ...body].join('\n');
}
