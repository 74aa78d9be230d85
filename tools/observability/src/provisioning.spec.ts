import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image?: string;
  profiles?: string[];
  environment?: Record<string, string | null>;
  volumes?: string[];
}

const inWorkspace = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const readYaml = (path: string): unknown =>
  parse(readFileSync(inWorkspace(path), 'utf8'), { merge: true }) as unknown;

const { services } = readYaml('docker-compose.yml') as { services: Record<string, Service> };
const having = (profile: string) =>
  Object.keys(services).filter((name) => services[name]?.profiles?.includes(profile));
const watchers = having('observability');

describe('what watches the system in compose', () => {
  it('is Prometheus, Grafana and a receiver of traces, each of one version', () => {
    expect(watchers.sort()).toEqual(['grafana', 'jaeger', 'prometheus']);
    for (const name of watchers) expect(services[name]?.image).toMatch(/:v?\d+\.\d+\.\d+$/);
  });

  it('is given the files of this folder, to read only', () => {
    const mounts = watchers.flatMap((name) => services[name]?.volumes ?? []);
    const own = mounts.filter((mount) => mount.startsWith('./'));
    expect(own).toHaveLength(3);
    for (const mount of own) {
      const [from = '', , mode] = mount.split(':');
      expect(from).toMatch(/^\.\/tools\/observability\//);
      expect(existsSync(inWorkspace(from))).toBe(true);
      expect(mode).toBe('ro');
    }
  });

  it('reads the metrics of every app, at the port where they are', () => {
    const { scrape_configs: jobs } = readYaml('tools/observability/prometheus/prometheus.yml') as {
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    };
    const targets = jobs.flatMap(({ static_configs: configs }) => configs.flatMap((each) => each.targets));
    const apps = having('apps').filter((name) => name !== 'setup');
    const ports = apps.map((app) => `${app}:${services[app]?.environment?.['MANAGEMENT_PORT'] ?? ''}`);
    expect(targets.sort()).toEqual(ports.sort());
    for (const app of apps) expect(services[app]?.environment?.['MANAGEMENT_HOST']).toBe('0.0.0.0');
    expect(jobs.map(({ job_name: name }) => name)).toEqual(['registrar']);
  });

  it('gets traces where an address is given, which none is unless told', () => {
    for (const app of having('apps').filter((name) => name !== 'setup'))
      expect(services[app]?.environment?.['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(
        '${OTEL_EXPORTER_OTLP_ENDPOINT:-}',
      );
  });
});
