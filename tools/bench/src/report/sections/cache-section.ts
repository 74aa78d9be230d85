import type { LoadResult } from '../../load/load-job.ts';
import { drawLines } from '../charts/charts.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { duration, figure, percent, table } from '../format.ts';
import { layerShares } from '../read-figures.ts';

const layers = ['gateway', 'service memory', 'redis', 'stale', 'source', 'none'];

function phasesOf({ after }: ReadsRecord) {
  return [
    ['800/s, warm', after.steady],
    ['50 % of what it takes', after.half],
    ['80 % of what it takes', after.most],
    ['800/s from a cold start', after.cold],
    ['800/s with 20 enrollments a second', after.writingLess],
    ['800/s with 50 enrollments a second', after.writing],
  ] as const;
}

/** Who answered, by phase. */
export function layerTable(record: ReadsRecord): string {
  const rows = phasesOf(record).map(([name, { load }]) => {
    const shares = layerShares(load);
    return [name, ...layers.map((layer) => percent(shares[layer] ?? 0))];
  });
  return table(
    ['answered by', 'gateway', "service's memory", 'Redis', 'stale', 'DynamoDB', 'no cache named'],
    rows,
  );
}

/** How Redis and the services' caches did, by phase. */
export function redisTable(record: ReadsRecord): string {
  const rows = phasesOf(record).map(([name, { counted }]) => {
    const { redisGet, cacheHits, cacheMisses, cacheStale } = counted;
    const times = [redisGet.average, redisGet.p50, redisGet.p99].map((seconds) => duration(seconds * 1_000));
    return [
      name,
      redisGet.count.toLocaleString('en-US'),
      ...times,
      figure(cacheHits['l1'] ?? 0),
      figure(cacheHits['l2'] ?? 0),
      figure(cacheMisses),
      figure(cacheStale),
    ];
  });
  const head = [
    'phase',
    'Redis GETs',
    'average',
    'p50',
    'p99',
    'memory hits',
    'Redis hits',
    'misses',
    'stale',
  ];
  return table(head, rows);
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
