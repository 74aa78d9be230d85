import { describe, expect, it } from 'vitest';
import { ExposedMetrics } from './exposed-metrics.ts';

const exposed = new ExposedMetrics([
  [
    '# HELP answers_seconds Time of an answer',
    '# TYPE answers_seconds histogram',
    'answers_seconds_bucket{le="0.1",route="/api/{id} \\"x\\", y=\\"z\\""} 3',
    'answers_seconds_count{route="/api/{id}"} 3',
  ].join('\n'),
  '# TYPE refused_total counter\n# TYPE waiting gauge\nwaiting 4\n',
]);
const missing = (metric: string, ...labels: string[]) => exposed.missing([{ metric, labels }]);

describe('the metrics pages together', () => {
  it('have the samples of a histogram, and no others', () => {
    expect(missing('answers_seconds_bucket', 'le', 'route')).toEqual([]);
    expect(missing('answers_seconds_sum')).toEqual([]);
    expect(missing('answers_seconds')).toEqual(['answers_seconds']);
  });

  it('lack a label that no sample has, and do not mistake a value for one', () => {
    expect(missing('answers_seconds_bucket', 'status', 'y')).toEqual([
      'answers_seconds_bucket{status}',
      'answers_seconds_bucket{y}',
    ]);
  });

  it('are asked for nothing that Prometheus adds itself', () => {
    expect(missing('up', 'job')).toEqual([]);
    expect(missing('answers_seconds_count', 'app', 'job', 'instance')).toEqual([]);
  });

  it('have a metric that was declared and counted nothing yet', () => {
    expect(missing('refused_total', 'code')).toEqual([]);
    expect(missing('waiting')).toEqual([]);
    expect(missing('refused')).toEqual(['refused']);
  });
});
