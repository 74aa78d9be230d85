import type { LoadResult } from '../../load/load-job.ts';
import type { Bar } from '../charts/charts.ts';
import { drawBars } from '../charts/charts.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { duration, figure, percent, table } from '../format.ts';
import { hitRate } from '../read-figures.ts';

/** What ran, and what to call it. */
interface Run {
  readonly name: string;
  readonly load: LoadResult;
}

function runsOf({ before, after }: ReadsRecord): Run[] {
  return [
    ...(before
      ? [
          { name: 'before, one request at a time', load: before.alone },
          { name: 'before, 64 connections', load: before.saturated },
          { name: 'before, asked for 800/s over 200 connections', load: before.paced },
        ]
      : []),
    { name: 'after, 800/s over 200 connections', load: after.steady.load },
    { name: 'after, 64 connections, all it takes (autocannon)', load: after.saturated.load },
    { name: "after, the same by the bench's generator", load: after.saturatedOwn.load },
    { name: 'after, 50 % of that, 200 connections', load: after.half.load },
    { name: 'after, 80 % of that, 200 connections', load: after.most.load },
    { name: 'after, 800/s from a cold start', load: after.cold.load },
    { name: 'after, 800/s with 20 enrollments a second', load: after.writingLess.load },
    { name: 'after, 800/s with 50 enrollments a second', load: after.writing.load },
    ...(before ? [{ name: 'enrollments before, four at a time', load: before.enrollments }] : []),
    ...(after.writingLess.beside
      ? [{ name: 'enrollments after, 20 a second', load: after.writingLess.beside }]
      : []),
    ...(after.writing.beside ? [{ name: 'enrollments after, 50 a second', load: after.writing.beside }] : []),
  ];
}

function serverErrors({ endpoints }: LoadResult): number {
  return Object.values(endpoints)
    .flatMap(({ statuses }) => Object.entries(statuses))
    .reduce((sum, [status, count]) => sum + (Number(status) >= 500 ? count : 0), 0);
}

/** Every run with its times. */
export function latencyTable(record: ReadsRecord): string {
  const rows = runsOf(record).map(({ name, load }) => {
    const { latency, ratePerSecond, failed, unanswered, sent, kind } = load;
    const hits = kind === 'saturation' ? '' : percent(hitRate(load));
    return [
      name,
      figure(ratePerSecond),
      ...[latency.averageMs, latency.p50Ms, latency.p95Ms, latency.p99Ms, latency.maxMs].map(duration),
      `${failed + unanswered} of ${sent.toLocaleString('en-US')}`,
      String(serverErrors(load)),
      name.startsWith('after') ? hits : '',
    ];
  });
  return table(['run', 'req/s', 'average', 'p50', 'p95', 'p99', 'max', 'failed', '5xx', 'from caches'], rows);
}

/** The steady run by endpoint. */
export function endpointTable({ after }: ReadsRecord): string {
  const rows = Object.entries(after.steady.load.endpoints).map(([endpoint, { latency, failed, bytes }]) => [
    `\`${endpoint}\``,
    latency.count.toLocaleString('en-US'),
    figure(latency.count / after.steady.load.seconds),
    ...[latency.minMs, latency.averageMs, latency.p50Ms, latency.p95Ms, latency.p99Ms, latency.maxMs].map(
      duration,
    ),
    String(failed),
    figure(bytes / Math.max(1, latency.count) / 1_000),
  ]);
  return table(
    ['endpoint', 'count', 'req/s', 'min', 'average', 'p50', 'p95', 'p99', 'max', 'failed', 'KB each'],
    rows,
  );
}

function barsOf(what: string, pick: (load: LoadResult) => number, { before, after }: ReadsRecord): Bar[] {
  const shown = (load: LoadResult) => ({ value: pick(load), shown: duration(pick(load)) });
  return [
    ...(before
      ? [{ label: `${what}, before (64 connections)`, tone: 'before' as const, ...shown(before.saturated) }]
      : []),
    { label: `${what}, after (800/s, 200 connections)`, tone: 'after', ...shown(after.steady.load) },
  ];
}

/** Latency before and after. */
export function latencyChart(record: ReadsRecord): string {
  return drawBars({
    title: 'Latency before and after',
    scale: 'log',
    bars: [
      ...barsOf('average', ({ latency }) => latency.averageMs, record),
      ...barsOf('p95', ({ latency }) => latency.p95Ms, record),
      ...barsOf('p99', ({ latency }) => latency.p99Ms, record),
      ...barsOf('slowest', ({ latency }) => latency.maxMs, record),
    ],
  });
}

/** Requests a second, before, after and without any system. */
export function rateChart({ before, after, bare }: ReadsRecord): string {
  const bar = (label: string, value: number, tone: Bar['tone']): Bar => ({
    label,
    value,
    shown: figure(value),
    tone,
  });
  return drawBars({
    title: 'Requests a second, all that it takes with 64 connections',
    scale: 'log',
    bars: [
      ...(before ? [bar('before, the mix', before.saturated.ratePerSecond, 'before')] : []),
      bar('after, the mix', after.saturated.load.ratePerSecond, 'after'),
      bar('after, a catalogue hit at the gateway', bare.hit.autocannon.ratePerSecond, 'after'),
      bar('bare node:http, the same body', bare.same.autocannon.ratePerSecond, 'reference'),
      bar('bare node:http, 15 KB', bare.bare15.autocannon.ratePerSecond, 'reference'),
      bar('bare node:http, 5 KB', bare.bare5.autocannon.ratePerSecond, 'reference'),
    ],
  });
}
