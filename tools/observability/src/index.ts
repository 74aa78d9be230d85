export { alertRules, runbookOf } from './alert-rules.ts';
export type { AlertRule } from './alert-rules.ts';
export { dashboard } from './dashboard.ts';
export type { Dashboard } from './dashboard.ts';
export { ExposedMetrics } from './exposed-metrics.ts';
export { askings, metricsInUse } from './metrics-in-use.ts';
export type { Asking } from './metrics-in-use.ts';
export type { MetricUse } from './promql.rules.ts';
