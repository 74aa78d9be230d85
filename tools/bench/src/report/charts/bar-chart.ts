import { picture, text } from './svg.ts';

/** What a bar stands for; each has its colour in all charts. */
export type Tone = 'before' | 'after' | 'reference';

/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is to be read. */
  readonly shown: string;
  readonly tone: Tone;
}

/** Bars under each other. */
export interface BarChart {
  readonly title: string;
  /** `log`: each step of the axis is ten times the last one, for figures that are worlds apart. */
  readonly scale: 'linear' | 'log';
  readonly bars: readonly Bar[];
}

/** Colours that stay apart for the colour-blind. */
export const tones: Readonly<Record<Tone, string>> = {
  before: '#c2571a',
  after: '#1b6ca8',
  reference: '#8a8a8a',
};

const width = 760;
const labelWidth = 270;
const valueWidth = 110;
const rowHeight = 26;
const top = 40;

/** How long a bar is, as a share of the room; on a log scale the shortest one still shows. */
export function lengthOf(value: number, all: readonly number[], scale: BarChart['scale']): number {
  const most = Math.max(...all);
  if (most <= 0 || value <= 0) return 0;
  if (scale === 'linear') return value / most;
  const least = Math.min(...all.filter((each) => each > 0));
  const floor = Math.log10(least) - 0.5;
  return (Math.log10(value) - floor) / (Math.log10(most) - floor);
}

/** Draws the chart. */
export function drawBars({ title, scale, bars }: BarChart): string {
  const values = bars.map(({ value }) => value);
  const room = width - labelWidth - valueWidth;
  const rows = bars.flatMap(({ label, value, shown, tone }, row) => {
    const y = top + row * rowHeight;
    const length = lengthOf(value, values, scale) * room;
    return [
      text(label, { x: labelWidth - 10, y: y + 16, anchor: 'end' }),
      `<rect x="${labelWidth}" y="${y + 4}" width="${length.toFixed(1)}" height="16" rx="2" fill="${tones[tone]}"/>`,
      text(shown, { x: labelWidth + length + 6, y: y + 16, bold: true }),
    ];
  });
  const note =
    scale === 'log'
      ? [text('logarithmic scale', { x: width - 16, y: 24, size: 11, anchor: 'end', colour: '#777' })]
      : [];
  return picture(title, width, top + bars.length * rowHeight + 14, [...note, ...rows]);
}
