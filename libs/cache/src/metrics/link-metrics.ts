import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { metricsOf } from './metrics-of.ts';

/** Seconds: a local round trip takes 0.1 ms, a read is given up after 15. */
const getBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03];

/** Why a command brought nothing. `crowded`: too many were under way already. */
type CommandFailure = 'late' | 'failed' | 'crowded';

/** How Redis does, as this process sees it: latency of reads, failures, whether it is trusted, epochs raised. */
export class LinkMetrics {
  /** The metrics of a registry. */
  static readonly of = metricsOf((registry: Registry) => new LinkMetrics(registry));

  private readonly get: Histogram;
  private readonly failures: Counter<'operation' | 'reason'>;
  private readonly epochRaises: Counter;
  private readonly trusted: Gauge;

  private constructor(registry: Registry) {
    const registers = [registry];
    this.get = new Histogram({
      name: 'registrar_cache_redis_get_seconds',
      help: 'Time from asking Redis for a record and the epoch to having both.',
      buckets: getBuckets,
      registers,
    });
    this.failures = new Counter({
      name: 'registrar_cache_redis_failures_total',
      help: 'Commands that brought nothing.',
      labelNames: ['operation', 'reason'],
      registers,
    });
    this.epochRaises = new Counter({
      name: 'registrar_cache_epochs_raised_total',
      help: 'Times this instance made everything stored before void.',
      registers,
    });
    this.trusted = new Gauge({
      name: 'registrar_cache_redis_trusted',
      help: '1 while Redis is asked, 0 while it is passed over.',
      registers,
    });
  }

  /** A read came back after so many seconds. */
  got(seconds: number): void {
    this.get.observe(seconds);
  }

  /** A command failed. */
  failed(operation: string, reason: CommandFailure): void {
    this.failures.inc({ operation, reason });
  }

  /** The epoch was raised. */
  raised(): void {
    this.epochRaises.inc();
  }

  /** Redis is trusted from now on, or no longer. */
  trust(trusted: boolean): void {
    this.trusted.set(trusted ? 1 : 0);
  }
}
