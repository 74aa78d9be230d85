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
    const gauge = (name: keyof typeof described, labels: string[], collect: (gauge: Gauge) => void) =>
      new Gauge({
        ...named(name),
        labelNames: labels,
        registers,
        collect() {
          collect(this);
        },
      });
    gauge('gateway_memory_answers', ['kind', 'source'], (answers) => {
      answers.set({ kind: 'catalogue', source: 'hit' }, edge.counts.hits);
      answers.set({ kind: 'catalogue', source: 'load' }, edge.counts.loads);
      answers.set({ kind: 'catalogue', source: 'stale' }, edge.counts.stale);
      answers.set({ kind: 'profile', source: 'hit' }, profiles.hits);
      answers.set({ kind: 'profile', source: 'load' }, profiles.loads);
    });
    gauge('gateway_under_way', ['what'], (underWay) => {
      underWay.set({ what: 'requests' }, shedder.inFlight);
      underWay.set({ what: 'streams' }, streams.size);
      for (const service of upstreamNames) underWay.set({ what: service }, upstreams.of(service).load);
    });
    gauge('gateway_addresses_well', ['service'], (healthy) => {
      for (const service of upstreamNames) healthy.set({ service }, upstreams.of(service).well);
    });
    const states = () =>
      upstreamNames.flatMap((service) =>
        upstreams.of(service).states.map((state) => ({ service, ...state })),
      );
    gauge('gateway_upstream_up', ['service', 'address'], (up) => {
      for (const { service, url: address, well } of states()) up.set({ service, address }, well ? 1 : 0);
    });
    gauge('gateway_upstream_breaker_open', ['service', 'address'], (open) => {
      for (const { service, url: address, isOpen } of states())
        open.set({ service, address }, isOpen ? 1 : 0);
    });
  }

  /** Counts a refusal by its problem code and status. */
  refuse({ code, status }: Problem): void {
    this.refused.inc({ code, status: String(status) });
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
