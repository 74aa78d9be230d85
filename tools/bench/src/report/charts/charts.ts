import { BarChart as Bars, LineChart as Lines } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { figure } from '../format.ts';

use([Bars, Lines, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The kind of a bar; each has its colour in all charts. */
export type Tone = 'before' | 'after' | 'reference';

/** One bar. */
export interface Bar {
  readonly label: string;
  /** Undefined for what was not measured: the bar is left out. */
  readonly value: number | undefined;
  /** The value as text. */
  readonly shown: string;
  readonly tone: Tone;
}

/** A bar whose value is shown by `show`. */
export function bar(label: string, value: number | undefined, tone: Tone, show = figure): Bar {
  return { label, value, shown: value === undefined ? '' : show(value), tone };
}

/** Bars under each other. */
export interface BarChart {
  readonly title: string;
  /** `log`: each step of the axis is ten times the last one, for figures of different magnitudes. */
  readonly scale: 'linear' | 'log';
  readonly bars: readonly Bar[];
}

/** Lines over time. */
export interface LineChart {
  readonly title: string;
  /** Of the vertical axis. */
  readonly unit: string;
  readonly series: readonly {
    readonly name: string;
    /** `[second, value]` */
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** The axis ends there or later. */
  readonly atLeast?: number;
}

/** Colours that stay apart for the colour-blind. */
const tones: Readonly<Record<Tone, string>> = { before: '#c2571a', after: '#1b6ca8', reference: '#8a8a8a' };
const palette = ['#1b6ca8', '#c2571a', '#2e7d4f', '#8e4585', '#8a8a8a', '#b8860b'];
const width = 760;

/** An SVG on a white ground, readable on light and dark pages. */
function draw(title: string, height: number, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    color: palette,
    title: { text: title, left: 16, top: 8, textStyle: { fontSize: 14 } },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

/** Draws bars. On a log scale the axis begins below the shortest one, so that it still shows. */
export function drawBars({ title, scale, bars: all }: BarChart): string {
  const bars = all.filter(({ value }) => value !== undefined);
  const least = Math.min(...bars.map(({ value = 0 }) => value).filter((value) => value > 0));
  return draw(scale === 'log' ? `${title} (logarithmic scale)` : title, 60 + bars.length * 28, {
    grid: { left: 270, right: 110, top: 40, bottom: 14 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { width: 250, interval: 0 },
    },
    xAxis: {
      type: scale === 'log' ? 'log' : 'value',
      min: scale === 'log' ? least / 3 : 0,
      startValue: scale === 'log' ? least / 3 : 0,
      show: false,
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 16,
        data: bars.map(({ value, tone }) => ({ value, itemStyle: { color: tones[tone] } })),
        label: {
          show: true,
          position: 'right',
          fontWeight: 'bold',
          formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.shown ?? '',
        },
      },
    ],
  });
}

/** Draws lines over seconds. */
export function drawLines({ title, unit, series, atLeast = 0 }: LineChart): string {
  return draw(title, 300, {
    grid: { left: 56, right: 160, top: 56, bottom: 34 },
    legend: { orient: 'vertical', right: 8, top: 48, icon: 'roundRect', itemWidth: 12 },
    xAxis: {
      type: 'value',
      max: 'dataMax',
      axisLabel: { formatter: (second: number) => `${figure(second)} s` },
    },
    yAxis: {
      type: 'value',
      name: unit,
      max: ({ max }: { max: number }) => (max < atLeast ? atLeast : null),
      axisLabel: { formatter: figure },
    },
    series: series.map(({ name, points }) => ({
      name,
      type: 'line',
      silent: true,
      showSymbol: false,
      data: points,
    })),
  });
}
