import type { LoadResult } from '../../load/load-job.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { bar, drawBars } from '../charts/charts.ts';
import { count, duration, figure, percent, tableOf } from '../format.ts';
import { hitRate } from '../read-figures.ts';

/** The runs by name; those that were not made are left out. */
function runsOf({ before, after }: ReadsRecord): [name: string, load: LoadResult][] {
  const runs = {
    'before, one request at a time': before?.alone,
    'before, 64 connections': before?.saturated,
    'before, asked for 800/s over 200 connections': before?.paced,
    'after, 800/s over 200 connections': after.steady.load,
    'after, 64 connections, all it takes (autocannon)': after.saturated.load,
    "after, the same by the bench's generator": after.saturatedOwn.load,
    'after, 50 % of that, 200 connections': after.half.load,
    'after, 80 % of that, 200 connections': after.most.load,
    'after, 800/s from a cold start': after.cold.load,
    'after, 800/s with 20 enrollments a second': after.writingLess.load,
    'after, 800/s with 50 enrollments a second': after.writing.load,
    'enrollments before, four at a time': before?.enrollments,
    'enrollments after, 20 a second': after.writingLess.beside,
    'enrollments after, 50 a second': after.writing.beside,
  };
  return Object.entries(runs).filter((run): run is [string, LoadResult] => run[1] !== undefined);
}

function serverErrors({ endpoints }: LoadResult): number {
  return Object.values(endpoints)
    .flatMap(({ statuses }) => Object.entries(statuses))
    .reduce((sum, [status, times]) => sum + (Number(status) >= 500 ? times : 0), 0);
}

/** Every run with its times. */
export function latencyTable(record: ReadsRecord): string {
  return tableOf(runsOf(record), {
    run: ([name]) => name,
    'req/s': ([, { ratePerSecond }]) => figure(ratePerSecond),
    average: ([, { latency }]) => duration(latency.averageMs),
    p50: ([, { latency }]) => duration(latency.p50Ms),
    p95: ([, { latency }]) => duration(latency.p95Ms),
    p99: ([, { latency }]) => duration(latency.p99Ms),
    max: ([, { latency }]) => duration(latency.maxMs),
    failed: ([, { failed, unanswered, sent }]) => `${failed + unanswered} of ${count(sent)}`,
    '5xx': ([, load]) => String(serverErrors(load)),
    'from caches': ([name, load]) =>
      name.startsWith('after') && load.kind !== 'saturation' ? percent(hitRate(load)) : '',
  });
}

/** The steady run by endpoint. */
export function endpointTable({ after: { steady } }: ReadsRecord): string {
  return tableOf(Object.entries(steady.load.endpoints), {
    endpoint: ([name]) => `\`${name}\``,
    count: ([, { latency }]) => count(latency.count),
    'req/s': ([, { latency }]) => figure(latency.count / steady.load.seconds),
    min: ([, { latency }]) => duration(latency.minMs),
    average: ([, { latency }]) => duration(latency.averageMs),
    p50: ([, { latency }]) => duration(latency.p50Ms),
    p95: ([, { latency }]) => duration(latency.p95Ms),
    p99: ([, { latency }]) => duration(latency.p99Ms),
    max: ([, { latency }]) => duration(latency.maxMs),
    failed: ([, { failed }]) => String(failed),
    'KB each': ([, { latency, bytes }]) => figure(bytes / Math.max(1, latency.count) / 1_000),
  });
}

/** Latency before and after. */
export function latencyChart({ before, after }: ReadsRecord): string {
  const kinds = { average: 'averageMs', p95: 'p95Ms', p99: 'p99Ms', slowest: 'maxMs' } as const;
  return drawBars({
    title: 'Latency before and after',
    scale: 'log',
    bars: Object.entries(kinds).flatMap(([what, kind]) => [
      bar(`${what}, before (64 connections)`, before?.saturated.latency[kind], 'before', duration),
      bar(`${what}, after (800/s, 200 connections)`, after.steady.load.latency[kind], 'after', duration),
    ]),
  });
}

/** Requests a second, before, after and without any system. */
export function rateChart({ before, after, bare }: ReadsRecord): string {
  return drawBars({
    title: 'Requests a second, all that it takes with 64 connections',
    scale: 'log',
    bars: [
      bar('before, the mix', before?.saturated.ratePerSecond, 'before'),
      bar('after, the mix', after.saturated.load.ratePerSecond, 'after'),
      bar('after, a catalogue hit at the gateway', bare.hit.autocannon.ratePerSecond, 'after'),
      bar('bare node:http, the same body', bare.same.autocannon.ratePerSecond, 'reference'),
      bar('bare node:http, 15 KB', bare.bare15.autocannon.ratePerSecond, 'reference'),
      bar('bare node:http, 5 KB', bare.bare5.autocannon.ratePerSecond, 'reference'),
    ],
  });
}
