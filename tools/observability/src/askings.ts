import { alertRules } from './alert-rules.ts';
import { asPrometheusGets, dashboard } from './dashboard.ts';
import { readPromql } from './promql.rules.ts';
import type { ReadExpression } from './promql.rules.ts';

/** An expression that somebody relies on, and what it asks for. */
export interface Asking extends ReadExpression {
  /** The alert or the panel. */
  readonly who: string;
}

/** Every expression of the alerts and of the dashboard. */
export function askings(): Asking[] {
  const alerts = alertRules().map(({ alert, expr }) => ({ who: `alert ${alert}`, expr }));
  const panels = dashboard().panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ who: `panel ${title}`, expr: asPrometheusGets(expr) })),
  );
  return [...alerts, ...panels].map(({ who, expr }) => ({ who, ...readPromql(expr) }));
}
