import { Inject, Injectable } from '@nestjs/common';
import { METRICS } from '@registrar/service';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { LoadShedder } from '../admission/load-shedder.ts';
import { EdgeCache } from '../edge/edge-cache.ts';
import { services } from '../routing/routes.ts';
import { OpenStreams } from '../upstream/open-streams.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import type { Visit } from './visit.ts';

const durationName = 'http_server_request_duration_seconds';

/**
 * What the front door counts. Answers from memory are counted by plain numbers that are read when metrics are
 * asked for; what goes to a service is timed like any route.
 */
@Injectable()
export class FrontMetrics {
  private readonly refused: Counter<'code'>;
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
    this.refused = new Counter({ ...named('gateway_refused_total'), labelNames: ['code'], registers });
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
        for (const service of services) this.set({ what: service }, upstreams.of(service).load);
      },
    });
    new Gauge({
      ...named('gateway_addresses_well'),
      labelNames: ['service'],
      registers,
      collect() {
        for (const service of services) this.set({ service }, upstreams.of(service).well);
      },
    });
  }

  /** Counts a refusal by its problem code. */
  refuse(code: string): void {
    this.refused.inc({ code });
  }

  /** Times an answer of a service. */
  answered({ request, response, plan }: Visit, since: number): void {
    const route = plan.match.kind === 'route' ? plan.match.pattern : 'unknown';
    const labels = { method: request.method ?? '', route, status: String(response.statusCode) };
    this.duration?.observe(labels, (performance.now() - since) / 1_000);
  }
}

const described = {
  gateway_refused_total: 'Requests refused before any work, by problem code.',
  gateway_memory_answers: 'Answers since the start, by what they were and where they came from.',
  gateway_under_way: 'Requests and streams under way, and calls to each service.',
  gateway_addresses_well: 'Addresses of each service that calls go to.',
} as const;

function named(name: keyof typeof described): { name: string; help: string } {
  return { name, help: described[name] };
}
