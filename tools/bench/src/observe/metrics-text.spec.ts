import { describe, expect, it } from 'vitest';
import { difference, histogramOf, parseMetrics, sumBy, sumOf } from './metrics-text.ts';

const first = parseMetrics(`# HELP hits Reads
# TYPE hits counter
hits{cache="a",level="l1"} 3
hits{cache="a",level="l2"} 1
lone 7
`);
const second = parseMetrics(`hits{cache="a",level="l1"} 13
hits{level="l2",cache="a"} 2
hits{cache="b",level="l1"} 5
lone 4
odd{path="a \\"quoted\\" one, with {braces}"} 1e3
`);

describe('metrics', () => {
  it('are read with their labels, whatever is in them', () => {
    expect(second.at(-1)).toEqual({
      name: 'odd',
      labels: { path: 'a \\"quoted\\" one, with {braces}' },
      value: 1_000,
    });
  });

  it('are counted between two looks; a counter that fell was reset', () => {
    const counted = difference(first, second);
    expect(sumOf(counted, 'hits', { cache: 'a' })).toBe(11);
    expect(sumOf(counted, 'hits')).toBe(16);
    expect(sumOf(counted, 'lone')).toBe(4);
    expect(sumBy(counted, 'hits', 'level')).toEqual({ l1: 15, l2: 1 });
  });

  it('give quantiles of a histogram, summed over its other labels', () => {
    const samples = parseMetrics(`t_bucket{le="0.01",topic="x"} 50
t_bucket{le="0.1",topic="x"} 90
t_bucket{le="+Inf",topic="x"} 90
t_bucket{le="0.01",topic="y"} 0
t_bucket{le="0.1",topic="y"} 10
t_bucket{le="+Inf",topic="y"} 10
t_sum{topic="x"} 4
t_sum{topic="y"} 1
t_count{topic="x"} 90
t_count{topic="y"} 10
`);
    expect(histogramOf(samples, 't')).toMatchObject({ count: 100, average: 0.05, p50: 0.01 });
    expect(histogramOf(samples, 't').p99).toBeCloseTo(0.0982);
    expect(histogramOf(samples, 't', { topic: 'y' }).count).toBe(10);
  });

  it('say so where a quantile lies beyond the last bound', () => {
    const samples = parseMetrics('t_bucket{le="1"} 1\nt_bucket{le="+Inf"} 10\nt_sum 50\nt_count 10\n');
    expect(histogramOf(samples, 't').p99).toBe(Infinity);
  });
});
