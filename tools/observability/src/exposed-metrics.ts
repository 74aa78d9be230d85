import type { MetricUse } from './promql.rules.ts';

/** What Prometheus adds as it reads a page (`prometheus/prometheus.yml`), so that no page has it. */
const addedByPrometheus = { metrics: new Set(['up']), labels: new Set(['app', 'job', 'instance']) };

const suffixes: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_count', '_sum'],
  summary: ['', '_count', '_sum'],
};

/** What the metrics pages of some apps show together. */
export class ExposedMetrics {
  private readonly labels = new Map<string, Set<string>>();

  /** @param pages in the text format of Prometheus */
  constructor(pages: readonly string[]) {
    for (const line of pages.flatMap((page) => page.split('\n'))) this.read(line);
  }

  /**
   * What is asked for and not there: a metric's name, or `name{label}`. A metric that has been declared and has no
   * sample yet is there, and its labels are not known yet.
   */
  missing(uses: readonly MetricUse[]): string[] {
    const missing = uses.flatMap(({ metric, labels }) => {
      if (addedByPrometheus.metrics.has(metric)) return [];
      const shown = this.labels.get(metric);
      if (!shown) return [metric];
      if (shown.size === 0) return [];
      return labels
        .filter((label) => !shown.has(label) && !addedByPrometheus.labels.has(label))
        .map((label) => `${metric}{${label}}`);
    });
    return [...new Set(missing)];
  }

  private read(line: string): void {
    const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== '') for (const suffix of suffixes[type] ?? ['']) this.labelsOf(`${name}${suffix}`);
    const [, sample = '', labels = ''] = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g))
      this.labelsOf(sample).add(label);
  }

  private labelsOf(sample: string): Set<string> {
    const known = this.labels.get(sample) ?? new Set<string>();
    this.labels.set(sample, known);
    return known;
  }
}
