export { alertRules, runbookOf } from './alert-rules.ts';
export type { AlertRule } from './alert-rules.ts';
export { askings } from './askings.ts';
export type { Asking } from './askings.ts';
export { dashboard } from './dashboard.ts';
export type { Dashboard } from './dashboard.ts';
export { ExposedMetrics } from './exposed-metrics.ts';
export type { MetricUse } from './promql.rules.ts';
