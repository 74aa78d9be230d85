import { describe, expect, it } from 'vitest';
import { drawBars, lengthOf } from './bar-chart.ts';
import { drawLines, roundedUp } from './line-chart.ts';

describe('a bar chart', () => {
  it('shows each bar with its label and its figure, and lets no text break out', () => {
    const svg = drawBars({
      title: 'Latency <b>',
      scale: 'log',
      bars: [
        { label: 'before & after', value: 3_800, shown: '3.8 s', tone: 'before' },
        { label: 'after', value: 0.7, shown: '0.7 ms', tone: 'after' },
      ],
    });
    expect(svg).toContain('Latency &lt;b&gt;');
    expect(svg).toContain('before &amp; after');
    expect(svg).toContain('>3.8 s<');
    expect(svg.match(/<rect/g)).toHaveLength(3);
    expect(svg).not.toContain('NaN');
  });

  it('has bars as long as their figures, by either scale', () => {
    expect(lengthOf(50, [100, 50], 'linear')).toBe(0.5);
    expect(lengthOf(1_000, [1_000, 1], 'log')).toBe(1);
    const short = lengthOf(1, [1_000, 1], 'log');
    expect(short).toBeGreaterThan(0);
    expect(lengthOf(10, [1_000, 10, 1], 'log') - short).toBeCloseTo(1 / 3.5);
    expect(lengthOf(0, [0, 0], 'log')).toBe(0);
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
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).toContain('60 s');
    expect(svg).not.toContain('NaN');
  });

  it('is drawn for nothing too', () => {
    expect(drawLines({ title: 'none', unit: '', series: [] })).not.toContain('Infinity');
  });

  it.each([
    [0.37, 0.5],
    [1, 1],
    [63, 100],
    [120, 200],
    [0, 1],
  ])('has an axis for %d up to %d', (value, axis) => {
    expect(roundedUp(value)).toBeCloseTo(axis);
  });
});
