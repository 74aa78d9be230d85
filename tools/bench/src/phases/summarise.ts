import type { Sample } from '../observe/metrics-text.ts';
import { histogramOf, sumBy, sumOf } from '../observe/metrics-text.ts';
import { lastHalfTrend } from '../observe/trend.rules.ts';
import type { WatchedProcess } from '../observe/watch.ts';
import type { CapacityUse, Counted, ProcessResult } from './phase-result.ts';

const mostPoints = 120;

/** Every n-th point, so that at most 120 are left. */
function thinned<Item>(points: readonly Item[]): Item[] {
  const step = Math.ceil(points.length / mostPoints);
  return points.filter((_, at) => at % step === 0);
}

function rounded(points: readonly (readonly [number, number])[]): [number, number][] {
  return thinned(points).map(([second, value]) => [Math.round(second), Number(value.toFixed(3))]);
}

/** What the watch saw of one process, without what is of no use later. */
export function processResult({
  cpuSeconds,
  cpuOverTime,
  memoryOverTime,
  newSockets,
}: WatchedProcess): ProcessResult {
  const shares = cpuOverTime.map(([, share]) => share);
  const last = cpuOverTime.at(-1)?.[0] ?? 0;
  return {
    cpuSeconds,
    cpuAverage: last === 0 ? 0 : cpuSeconds / last,
    cpuMost: Math.max(0, ...shares),
    cpuOverTime: rounded(cpuOverTime),
    memoryMegabytes: memoryOverTime.at(-1)?.[1] ?? 0,
    memoryTrend: lastHalfTrend(memoryOverTime),
    newSockets,
  };
}

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

/** What all apps counted together, out of the differences of their metrics. */
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
