import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { CacheMetrics } from './cache-metrics.ts';
import { LinkMetrics } from './link-metrics.ts';

describe('the metrics of the caches', () => {
  it('show what each cache has counted, by name', async () => {
    const registry = new Registry();
    const counts = CacheMetrics.of(registry).counts('registrar-courses');
    counts.hits.l1 += 3;
    counts.misses += 1;
    counts.loading = 2;
    counts.puts.older += 1;
    CacheMetrics.of(registry).counts('registrar-me').hits.l2 += 5;
    const text = await registry.metrics();
    expect(text).toContain('registrar_cache_hits_total{cache="registrar-courses",level="l1"} 3');
    expect(text).toContain('registrar_cache_hits_total{cache="registrar-me",level="l2"} 5');
    expect(text).toContain('registrar_cache_misses_total{cache="registrar-courses"} 1');
    expect(text).toContain('registrar_cache_puts_total{cache="registrar-courses",outcome="older"} 1');
    expect(text).toContain('registrar_cache_loads_in_flight{cache="registrar-courses"} 2');
    counts.hits.l1 += 1;
    expect(await registry.metrics()).toContain('{cache="registrar-courses",level="l1"} 4');
  });

  it('show how Redis does', async () => {
    const registry = new Registry();
    const metrics = LinkMetrics.of(registry);
    metrics.got(0.000_2);
    metrics.failed('get', 'late');
    metrics.raised();
    metrics.trust(true);
    const text = await registry.metrics();
    expect(text).toContain('registrar_cache_redis_get_seconds_bucket{le="0.00025"} 1');
    expect(text).toContain('registrar_cache_redis_failures_total{operation="get",reason="late"} 1');
    expect(text).toContain('registrar_cache_epochs_raised_total 1');
    expect(text).toContain('registrar_cache_redis_trusted 1');
  });

  it('are made once for a registry', () => {
    const registry = new Registry();
    expect(CacheMetrics.of(registry)).toBe(CacheMetrics.of(registry));
    expect(CacheMetrics.of(new Registry())).not.toBe(CacheMetrics.of(registry));
  });
});
