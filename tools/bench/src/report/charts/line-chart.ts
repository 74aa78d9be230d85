import { figure } from '../format.ts';
import { picture, text } from './svg.ts';

/** One line. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

/** Lines over time. */
export interface LineChart {
  readonly title: string;
  /** What stands at the upright axis. */
  readonly unit: string;
  readonly series: readonly Series[];
  /** The axis goes at least so far. */
  readonly atLeast?: number;
}

const width = 760;
const height = 300;
const left = 56;
const right = 150;
const top = 44;
const bottom = 34;
const palette = ['#1b6ca8', '#c2571a', '#2e7d4f', '#8e4585', '#8a8a8a', '#b8860b'];

/** A round number that is not below `value`: 1, 2 or 5 times a power of ten. */
export function roundedUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

function grid(most: number, lastSecond: number, unit: string): string[] {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const y = (share: number) => height - bottom - share * (height - top - bottom);
  const x = (share: number) => left + share * (width - left - right);
  return [
    ...steps.flatMap((share) => [
      `<line x1="${left}" x2="${width - right}" y1="${y(share)}" y2="${y(share)}" stroke="#e2e2e2"/>`,
      text(figure(most * share), { x: left - 6, y: y(share) + 4, size: 11, anchor: 'end', colour: '#666' }),
    ]),
    ...steps.map((share) =>
      text(`${figure(lastSecond * share)} s`, {
        x: x(share),
        y: height - 12,
        size: 11,
        anchor: 'middle',
        colour: '#666',
      }),
    ),
    text(unit, { x: width - right, y: 24, size: 11, anchor: 'end', colour: '#777' }),
  ];
}

/** Draws the chart. */
export function drawLines({ title, unit, series, atLeast = 0 }: LineChart): string {
  const points = series.flatMap((each) => each.points);
  const most = roundedUp(Math.max(atLeast, ...points.map(([, value]) => value)));
  const lastSecond = Math.max(1, ...points.map(([second]) => second));
  const x = (second: number) => left + (second / lastSecond) * (width - left - right);
  const y = (value: number) => height - bottom - (value / most) * (height - top - bottom);
  const lines = series.flatMap(({ name, points: own }, index) => {
    const colour = palette[index % palette.length] ?? '#333';
    const path = own.map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    const legendY = top + 8 + index * 20;
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`,
      `<rect x="${width - right + 16}" y="${legendY - 9}" width="12" height="12" rx="2" fill="${colour}"/>`,
      text(name, { x: width - right + 34, y: legendY + 1 }),
    ];
  });
  return picture(title, width, height, [...grid(most, lastSecond, unit), ...lines]);
}
