import { describe, expect, it } from 'vitest';
import { readPromql } from './promql.rules.ts';

describe('an expression', () => {
  it('says which metrics it asks for, and by which labels it chooses', () => {
    const expression =
      'sum by (route) (rate(requests_total{app="gateway",status=~"5.."}[5m])) / on () group_left () up > 0.01';
    expect(readPromql(expression)).toEqual({
      uses: [
        { metric: 'requests_total', labels: ['app', 'status'] },
        { metric: 'up', labels: [] },
      ],
      faults: [],
    });
  });

  it.each(['sum(rate(requests_total[5m])', 'rate(requests_total[])', 'requests_total{app=gateway}', '> 1'])(
    'is refused as Prometheus would refuse it: %s',
    (expression) => expect(readPromql(expression).faults).not.toEqual([]),
  );

  it('that names no metric is refused, as nobody could check that it is there', () => {
    expect(readPromql('{__name__="requests_total"}').faults).toEqual([
      expect.stringContaining('without a metric'),
    ]);
  });
});
