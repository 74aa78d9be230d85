import { drawLines } from '../charts/charts.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { figure, percent, size, table } from '../format.ts';
import { apps, memoryGrowth } from '../read-figures.ts';

const shown = [...apps, 'redis', 'kafka', 'dynamodb', 'mail', 'generator'];

/** CPU and memory of each process in the steady run and at saturation. */
export function processTable({ after }: ReadsRecord): string {
  const { steady, saturated, writing } = after;
  const rows = shown
    .filter((name) => steady.processes[name] !== undefined)
    .map((name) => [
      name,
      percent(steady.processes[name]?.cpuAverage ?? 0),
      percent(steady.processes[name]?.cpuMost ?? 0),
      percent(saturated.processes[name]?.cpuAverage ?? 0),
      `${figure(writing.processes[name]?.memoryMegabytes ?? 0)} MB`,
      percent(memoryGrowth(steady, name)),
      String(steady.processes[name]?.newSockets ?? 0),
    ]);
  const head = ['process', 'CPU at 800/s', 'busiest second', 'CPU at saturation', 'memory at the end'];
  return table([...head, 'growth, last half of 800/s', 'new sockets under load'], rows);
}

/** How honest the generator was. */
export function generatorTable({ after }: ReadsRecord): string {
  const runs = [
    ['800/s', after.steady.load],
    ['50 %', after.half.load],
    ['80 %', after.most.load],
    ['cold start', after.cold.load],
    ['with enrollments', after.writing.load],
  ] as const;
  const rows = runs.map(([name, { lateness, waited, sent, reconnects }]) => [
    name,
    `${figure(lateness.p50Ms)} / ${figure(lateness.p99Ms)} / ${figure(lateness.maxMs)} ms`,
    `${waited.toLocaleString('en-US')} of ${sent.toLocaleString('en-US')}`,
    String(reconnects),
  ]);
  return table(
    ['run', 'late by: p50 / p99 / max', 'waited for their connection', 'connections opened again'],
    rows,
  );
}

/** Bytes of a catalogue page. */
export function bytesTable({ pageBytes }: ReadsRecord): string {
  const { identity, gzip, br, notModified } = pageBytes;
  return table(
    ['a page of 25 courses', 'bytes over the wire'],
    [
      ['as it is', size(identity)],
      ['gzip', size(gzip)],
      ['br', size(br)],
      ['read again with its ETag (304)', size(notModified)],
    ],
  );
}

/** CPU of the apps over time. */
export function cpuChart({ after }: ReadsRecord): string {
  return drawLines({
    title: 'CPU of each app at 800 requests a second over 200 connections',
    unit: '% of one core',
    atLeast: 20,
    series: apps.map((name) => ({
      name,
      points: (after.steady.processes[name]?.cpuOverTime ?? []).map(
        ([second, share]) => [second, share * 100] as const,
      ),
    })),
  });
}
