import { Inject, Injectable } from '@nestjs/common';
import { METRICS } from '@registrar/service';
import type { Problem } from '@registrar/service';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { LoadShedder } from '../admission/load-shedder.ts';
import { EdgeCache } from '../edge-cache/edge-cache.ts';
import { upstreamNames } from '../../routes/routes.ts';
import { OpenStreams } from '../upstream/open-streams.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import type { RequestContext } from '../request-context/request-context.ts';

const durationName = 'http_server_request_duration_seconds';

/**
 * Metrics of the edge proxy. Responses from memory are counted by plain numbers that are read when metrics are
 * asked for; what goes to a service is timed like any route.
 */
@Injectable()
export class ProxyMetrics {
  private readonly refused: Counter<'code' | 'status'>;
  private readonly duration: Histogram | undefined;
  /** Profiles answered from memory, and read. */
  readonly profiles = { hits: 0, loads: 0 };

  constructor(
    @Inject(METRICS) registry: Registry,
    edge: EdgeCache,
    shedder: LoadShedder,
    streams: OpenStreams,
    upstreams: Upstreams,
  ) {
    const duration = registry.getSingleMetric(durationName);
    this.duration = duration instanceof Histogram ? duration : undefined;
    for (const name of Object.keys(described)) registry.removeSingleMetric(name);
    const registers = [registry];
    const labelNames = ['code', 'status'] as const;
    this.refused = new Counter({ ...named('gateway_refused_total'), labelNames, registers });
    // A counter that begins with its first refusal hides that one from every rate.
    this.refused.inc({ code: 'overloaded', status: '503' }, 0);
    const { profiles } = this;
    new Gauge({
      ...named('gateway_memory_answers'),
      labelNames: ['kind', 'source'],
      registers,
      collect() {
        this.set({ kind: 'catalogue', source: 'hit' }, edge.counts.hits);
        this.set({ kind: 'catalogue', source: 'load' }, edge.counts.loads);
        this.set({ kind: 'catalogue', source: 'stale' }, edge.counts.stale);
        this.set({ kind: 'profile', source: 'hit' }, profiles.hits);
        this.set({ kind: 'profile', source: 'load' }, profiles.loads);
      },
    });
    new Gauge({
      ...named('gateway_under_way'),
      labelNames: ['what'],
      registers,
      collect() {
        this.set({ what: 'requests' }, shedder.inFlight);
        this.set({ what: 'streams' }, streams.size);
        for (const service of upstreamNames) this.set({ what: service }, upstreams.of(service).load);
      },
    });
    new Gauge({
      ...named('gateway_addresses_well'),
      labelNames: ['service'],
      registers,
      collect() {
        for (const service of upstreamNames) this.set({ service }, upstreams.of(service).well);
      },
    });
    this.showAddresses(registry, upstreams);
  }

  /** Counts a refusal by its problem code and status. */
  refuse({ code, status }: Problem): void {
    this.refused.inc({ code, status: String(status) });
  }

  private showAddresses(registry: Registry, upstreams: Upstreams): void {
    const registers = [registry];
    const labelNames = ['service', 'address'] as const;
    new Gauge({
      ...named('gateway_upstream_up'),
      labelNames,
      registers,
      collect() {
        for (const service of upstreamNames)
          for (const { url, well } of upstreams.of(service).states)
            this.set({ service, address: url }, well ? 1 : 0);
      },
    });
    new Gauge({
      ...named('gateway_upstream_breaker_open'),
      labelNames,
      registers,
      collect() {
        for (const service of upstreamNames)
          for (const { url, isOpen } of upstreams.of(service).states)
            this.set({ service, address: url }, isOpen ? 1 : 0);
      },
    });
  }

  /** Times an answer of a service. */
  answered({ request, response, match: { lookup } }: RequestContext, since: number): void {
    const route = lookup.kind === 'route' ? lookup.route.path : 'unknown';
    const labels = { method: request.method ?? '', route, status: String(response.statusCode) };
    this.duration?.observe(labels, (performance.now() - since) / 1_000);
  }
}

const described = {
  gateway_refused_total: 'Requests refused before any work, by problem code.',
  gateway_memory_answers: 'Answers since the start, by what they were and where they came from.',
  gateway_under_way: 'Requests and streams under way, and calls to each service.',
  gateway_addresses_well: 'Addresses of each service that calls go to.',
  gateway_upstream_up: '1 for an address that calls go to, 0 for one that is not well.',
  gateway_upstream_breaker_open: '1 while the breaker of an address is open: nothing is sent to it.',
} as const;

function named(name: keyof typeof described): { name: string; help: string } {
  return { name, help: described[name] };
}
