import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alertRules, runbookOf } from './alert-rules.ts';
import { askings } from './askings.ts';
import { asPrometheusGets, dashboard } from './dashboard.ts';

const inWorkspace = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(inWorkspace(path), 'utf8');
const alerts = alertRules();

describe('alerts', () => {
  it('have names of their own', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('have a runbook each, and no runbook is left without its alert', () => {
    const expected = alerts.map(({ alert }) => runbookOf(alert)).sort();
    expect(alerts.map(({ annotations }) => annotations.runbook).sort()).toEqual(expected);
    const pages = readdirSync(inWorkspace('docs/runbooks')).filter((name) => name !== 'README.md');
    expect(pages.map((name) => `docs/runbooks/${name}`).sort()).toEqual(expected);
  });

  it.each(alerts)('$alert: its runbook says what to do and how to know that it is over', ({ alert }) => {
    const page = read(runbookOf(alert));
    expect(page.split('\n')[0]).toBe(`# ${alert}`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'What users notice',
      'How to look',
      'What to do',
      'Over when',
    ]);
  });

  it('are listed with their runbooks, in the order of their file', () => {
    const listed = [...read('docs/runbooks/README.md').matchAll(/^\| \[(\w+)\]\(([\w-]+\.md)\)/gm)];
    expect(listed.map(([, alert, page]) => [alert, `docs/runbooks/${page}`])).toEqual(
      alerts.map(({ alert }) => [alert, runbookOf(alert)]),
    );
  });
});

describe('the dashboard', () => {
  const { panels } = dashboard();
  const graphs = panels.filter(({ type }) => type !== 'row');

  it('begins with the panels of production, under their names', () => {
    expect(graphs.slice(0, 7).map(({ title }) => title)).toEqual([
      'TargetResponseTime average and p99',
      'RequestCount',
      'UnhealthyHostCount',
      '5XX',
      'CPU',
      'RCU against provisioned',
      'Redis hit rate',
    ]);
  });

  it('asks the data source that is provisioned, in every panel', () => {
    const provisioned = read('tools/observability/grafana/provisioning/datasources/datasources.yml');
    expect(provisioned).toMatch(/^ {4}uid: prometheus$/m);
    const others = graphs.filter(({ datasource }) => datasource?.uid !== 'prometheus');
    expect(others.map(({ title }) => title)).toEqual([]);
    expect(graphs.filter(({ targets }) => targets.length === 0)).toEqual([]);
  });

  it('has panels of their own ids that lie beside one another', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('is read as Grafana asks: with spans of time in the place of its words', () => {
    expect(asPrometheusGets('rate(up[$__rate_interval])')).toBe('rate(up[1m])');
  });
});

describe('every expression', () => {
  it.each(askings())('of $who is one that Prometheus reads', ({ faults, uses }) => {
    expect(faults).toEqual([]);
    expect(uses).not.toEqual([]);
  });
});
