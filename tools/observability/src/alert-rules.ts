import { parse } from 'yaml';
import { z } from 'zod';
import { projectFile } from './project-file.ts';

const alertRule = z.strictObject({
  alert: z.string().regex(/^([A-Z][a-z]+)+$/),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
});
const alertFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(alertRule) })),
});

/** An alert of Prometheus. `page` wakes somebody, `ticket` waits for the morning. */
export type AlertRule = z.infer<typeof alertRule>;

/** The alerts that Prometheus loads, in the order of their file. @throws ZodError naming what it cannot hold */
export function alertRules(): AlertRule[] {
  const { groups } = alertFile.parse(parse(projectFile('prometheus/alerts.yml')));
  return groups.flatMap(({ rules }) => rules);
}

/** Where the runbook of an alert lies in the workspace: its name in small letters, with hyphens. */
export function runbookOf(alert: string): string {
  return `docs/runbooks/${alert.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.md`;
}
