import type { Registry } from 'prom-client';

/** One instance of a set of metrics for each registry, as a registry refuses a name twice. */
export function metricsOf<T>(create: (registry: Registry) => T): (registry: Registry) => T {
  const known = new WeakMap<Registry, T>();
  return (registry) => {
    const metrics = known.get(registry) ?? create(registry);
    known.set(registry, metrics);
    return metrics;
  };
}
