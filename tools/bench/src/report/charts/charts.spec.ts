import { describe, expect, it } from 'vitest';
import { drawBars, drawLines } from './charts.ts';

const bars = {
  title: 'Latency <b>',
  scale: 'log',
  bars: [
    { label: 'before & after', value: 3_800, shown: '3.8 s', tone: 'before' },
    { label: 'after', value: 0.7, shown: '0.7 ms', tone: 'after' },
  ],
} as const;

describe('a bar chart', () => {
  it('shows each bar with its label and its figure, and lets no text break out', () => {
    const svg = drawBars(bars);
    expect(svg).toContain('Latency &lt;b&gt;');
    expect(svg).toContain('before &amp; after');
    expect(svg).toContain('>3.8 s<');
    expect(svg.match(/fill="#(c2571a|1b6ca8)"/g)).toHaveLength(2);
    expect(svg).not.toContain('NaN');
  });

  it('is the same for the same figures', () => {
    const withoutIds = (svg: string) => svg.replaceAll(/zr[\w-]*\d+/g, 'zr');
    expect(withoutIds(drawBars(bars))).toBe(withoutIds(drawBars(bars)));
  });

  it.each(['linear', 'log'] as const)('is drawn without a value on a %s scale', (scale) => {
    const svg = drawBars({ ...bars, scale, bars: [{ label: 'none', value: 0, shown: '0', tone: 'after' }] });
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe('a line chart', () => {
  it('draws a line for each series within the picture', () => {
    const svg = drawLines({
      title: 'CPU',
      unit: 'cores',
      series: [
        {
          name: 'gateway',
          points: [
            [0, 0.1],
            [60, 0.4],
          ],
        },
        {
          name: 'courses',
          points: [
            [0, 0],
            [60, 0],
          ],
        },
      ],
    });
    expect(svg.match(/<path[^>]*stroke="#(1b6ca8|c2571a)" stroke-width="2"/g)).toHaveLength(2);
    expect(svg).toContain('60 s');
    expect(svg).not.toContain('NaN');
  });

  it('is drawn for nothing too', () => {
    expect(drawLines({ title: 'none', unit: '', series: [] })).not.toContain('Infinity');
  });
});
