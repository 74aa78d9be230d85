import { Counter, Gauge, type Registry } from 'prom-client';
import type { LevelName, PutOutcome } from '../record/cache-record.ts';
import { metricsOf } from './metrics-of.ts';

/** What one cache has counted. Plain numbers: counting must cost nothing on the hot path. */
export class CacheCounts {
  readonly hits: Record<LevelName, number> = { l1: 0, l2: 0 };
  readonly puts: Record<PutOutcome, number> = {
    stored: 0,
    older: 0,
    conflict: 0,
    refused: 0,
    unavailable: 0,
  };
  readonly errors = { load: 0, overloaded: 0, patch: 0 };
  misses = 0;
  stale = 0;
  evictions = 0;
  loading = 0;
}

/**
 * The counts of all caches of a process as Prometheus metrics, labelled by cache name.
 *
 * `registrar_cache_hits_total{cache,level}`, `_misses_total`, `_stale_total`, `_errors_total{cache,reason}`,
 * `_evictions_total`, `_puts_total{cache,outcome}`, `_loads_in_flight`. A stale answer is a miss as well.
 */
export class CacheMetrics {
  /** The metrics of a registry. */
  static readonly of = metricsOf((registry: Registry) => new CacheMetrics(registry));

  private readonly countsByCache = new Map<string, CacheCounts>();

  private constructor(private readonly registry: Registry) {
    this.counter('hits', 'Reads answered from a level.', 'level', (counts) => counts.hits);
    this.counter('misses', 'Reads that had to ask the source.', undefined, (counts) => ({
      '': counts.misses,
    }));
    this.counter(
      'stale',
      'Reads answered by an expired record, as the source failed.',
      undefined,
      (counts) => ({
        '': counts.stale,
      }),
    );
    this.counter(
      'errors',
      'Loads and patches that failed, and loads refused.',
      'reason',
      (counts) => counts.errors,
    );
    this.counter('evictions', 'Records that made room in memory.', undefined, (counts) => ({
      '': counts.evictions,
    }));
    this.counter(
      'puts',
      'Records offered to the levels, by what became of them.',
      'outcome',
      (counts) => counts.puts,
    );
    this.gauge();
  }

  /** The counts of a cache, made at its first use. */
  counts(cache: string): CacheCounts {
    const counts = this.countsByCache.get(cache) ?? new CacheCounts();
    this.countsByCache.set(cache, counts);
    return counts;
  }

  private counter(
    name: string,
    help: string,
    label: string | undefined,
    values: (counts: CacheCounts) => Readonly<Record<string, number>>,
  ): void {
    const all = this.countsByCache;
    new Counter({
      name: `registrar_cache_${name}_total`,
      help,
      labelNames: label === undefined ? ['cache'] : ['cache', label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [cache, counts] of all) {
          for (const [value, count] of Object.entries(values(counts))) {
            this.inc(label === undefined ? { cache } : { cache, [label]: value }, count);
          }
        }
      },
    });
  }

  private gauge(): void {
    const all = this.countsByCache;
    new Gauge({
      name: 'registrar_cache_loads_in_flight',
      help: 'Loads under way.',
      labelNames: ['cache'],
      registers: [this.registry],
      collect() {
        for (const [cache, counts] of all) this.set({ cache }, counts.loading);
      },
    });
  }
}
