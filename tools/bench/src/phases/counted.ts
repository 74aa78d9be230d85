import type { Sample } from '../observe/metrics-text.ts';
import { histogramOf, sumBy, sumOf } from '../observe/metrics-text.ts';
import type { CapacityUse, Counted } from './phase-result.ts';

const unitsName = 'dynamodb_consumed_capacity_units_total';

function capacityUse(samples: readonly Sample[]): CapacityUse[] {
  const groups = Map.groupBy(
    samples.filter(({ name }) => name === unitsName),
    ({ labels }) => `${labels['table'] ?? ''}|${labels['index'] ?? ''}`,
  );
  return [...groups]
    .map(([key, group]) => {
      const [table = '', index = ''] = key.split('|');
      const units = (kind: string) => sumOf(group, unitsName, { kind });
      return { table, index, readUnits: units('read'), writeUnits: units('write') };
    })
    .filter(({ readUnits, writeUnits }) => readUnits + writeUnits > 0)
    .sort((one, other) => other.readUnits + other.writeUnits - one.readUnits - one.writeUnits);
}

/** The figures of all apps together, from the differences of their metrics. */
export function counted(samples: readonly Sample[]): Counted {
  return {
    readUnits: sumOf(samples, unitsName, { kind: 'read' }),
    writeUnits: sumOf(samples, unitsName, { kind: 'write' }),
    byTable: capacityUse(samples),
    databaseCalls: sumBy(samples, 'dynamodb_requests_total', 'operation'),
    throttles: sumOf(samples, 'dynamodb_throttled_requests_total'),
    redisGet: histogramOf(samples, 'registrar_cache_redis_get_seconds'),
    cacheHits: sumBy(samples, 'registrar_cache_hits_total', 'level'),
    cacheMisses: sumOf(samples, 'registrar_cache_misses_total'),
    cacheStale: sumOf(samples, 'registrar_cache_stale_total'),
    published: histogramOf(samples, 'outbox_publish_seconds'),
  };
}
