import type { LoadResult } from '../../load/load-job.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { drawLines } from '../charts/charts.ts';
import { count, duration, figure, percent, table, tableOf } from '../format.ts';
import { layerShares, phasesOf } from '../read-figures.ts';

/** The layers by the heads of their columns. */
const layers = {
  gateway: 'gateway',
  "service's memory": 'service memory',
  Redis: 'redis',
  stale: 'stale',
  DynamoDB: 'source',
  'no cache named': 'none',
};

/** Answers by the layer that gave them, by phase. */
export function layerTable(record: ReadsRecord): string {
  const rows = phasesOf(record).map(([name, { load }]) => {
    const shares = layerShares(load);
    return [name, ...Object.values(layers).map((layer) => percent(shares[layer] ?? 0))];
  });
  return table(['answered by', ...Object.keys(layers)], rows);
}

/** Redis and the services' caches, by phase. */
export function redisTable(record: ReadsRecord): string {
  const phases = phasesOf(record).map(([name, { counted }]) => ({ name, ...counted }));
  return tableOf(phases, {
    phase: ({ name }) => name,
    'Redis GETs': ({ redisGet }) => count(redisGet.count),
    average: ({ redisGet }) => duration(redisGet.average * 1_000),
    p50: ({ redisGet }) => duration(redisGet.p50 * 1_000),
    p99: ({ redisGet }) => duration(redisGet.p99 * 1_000),
    'memory hits': ({ cacheHits }) => figure(cacheHits['l1'] ?? 0),
    'Redis hits': ({ cacheHits }) => figure(cacheHits['l2'] ?? 0),
    misses: ({ cacheMisses }) => figure(cacheMisses),
    stale: ({ cacheStale }) => figure(cacheStale),
  });
}

function hitsOverTime({ timeline }: LoadResult): [number, number][] {
  return timeline
    .filter(({ answered }) => answered > 0)
    .map(({ second, answered, hits }) => [second, (hits / answered) * 100]);
}

/** The hit rate second by second. */
export function hitChart({ after }: ReadsRecord): string {
  return drawLines({
    title: 'Answered without DynamoDB, second by second',
    unit: '% of answers',
    atLeast: 100,
    series: [
      { name: 'cold start', points: hitsOverTime(after.cold.load) },
      { name: 'with writes', points: hitsOverTime(after.writing.load) },
    ],
  });
}
