import type { ReadsRecord } from '../bench-record.ts';
import { drawLines } from '../charts/charts.ts';
import { count, figure, percent, size, tableOf } from '../format.ts';
import { apps, memoryGrowth, phasesOf } from '../read-figures.ts';

const shown = [...apps, 'redis', 'kafka', 'dynamodb', 'mail', 'generator'];

/** CPU and memory of each process in the steady run and at saturation. */
export function processTable({ after: { steady, saturated, writing } }: ReadsRecord): string {
  const processes = shown.filter((name) => steady.processes[name] !== undefined);
  return tableOf(processes, {
    process: (name) => name,
    'CPU at 800/s': (name) => percent(steady.processes[name]?.cpuAverage ?? 0),
    'busiest second': (name) => percent(steady.processes[name]?.cpuMost ?? 0),
    'CPU at saturation': (name) => percent(saturated.processes[name]?.cpuAverage ?? 0),
    'memory at the end': (name) => `${figure(writing.processes[name]?.memoryMegabytes ?? 0)} MB`,
    'growth, last half of 800/s': (name) => percent(memoryGrowth(steady, name)),
    'new sockets under load': (name) => String(steady.processes[name]?.newSockets ?? 0),
  });
}

/** How exactly the generator kept its timetable. */
export function generatorTable(record: ReadsRecord): string {
  return tableOf(phasesOf(record), {
    run: ([name]) => name,
    'late by: p50 / p99 / max': ([, { load }]) => {
      const { p50Ms, p99Ms, maxMs } = load.lateness;
      return `${[p50Ms, p99Ms, maxMs].map(figure).join(' / ')} ms`;
    },
    'waited for their connection': ([, { load }]) => `${count(load.waited)} of ${count(load.sent)}`,
    'connections opened again': ([, { load }]) => String(load.reconnects),
  });
}

/** Bytes of a catalogue page. */
export function bytesTable({ pageBytes }: ReadsRecord): string {
  const { identity, gzip, br, notModified } = pageBytes;
  const pages = { 'as it is': identity, gzip, br, 'read again with its ETag (304)': notModified };
  return tableOf(Object.entries(pages), {
    'a page of 25 courses': ([name]) => name,
    'bytes over the wire': ([, bytes]) => size(bytes),
  });
}

/** CPU of the apps over time. */
export function cpuChart({ after: { steady } }: ReadsRecord): string {
  const pointsOf = (app: string) => steady.processes[app]?.cpuOverTime ?? [];
  return drawLines({
    title: 'CPU of each app at 800 requests a second over 200 connections',
    unit: '% of one core',
    atLeast: 20,
    series: apps.map((name) => ({
      name,
      points: pointsOf(name).map(([second, share]) => [second, share * 100] as const),
    })),
  });
}
