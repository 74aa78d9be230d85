import { z } from 'zod';
import { projectFile } from './project-file.ts';

const panel = z.object({
  id: z.number(),
  title: z.string(),
  type: z.string(),
  datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }).optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string(), refId: z.string() })).default([]),
});
const dashboardFile = z.object({ uid: z.string(), title: z.string(), panels: z.array(panel) });

/** The dashboard as far as it is held to something. */
export type Dashboard = z.infer<typeof dashboardFile>;

/** The dashboard that Grafana is given. @throws ZodError where the file has another shape */
export function dashboard(): Dashboard {
  return dashboardFile.parse(JSON.parse(projectFile('grafana/dashboards/registrar.json')));
}

/** An expression of a panel as Prometheus gets it: Grafana puts a span of time in the place of its own words. */
export function asPrometheusGets(expression: string): string {
  return expression.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h');
}
