import type { LoadResult } from '../load/load-job.ts';
import type { PhaseResult } from '../phases/phase-result.ts';
import type { Saturated } from '../phases/run-bare.ts';
import type { ReadsRecord } from './bench-record.ts';

/** The four apps, as results name them. */
export const apps = ['gateway', 'courses', 'enrollments', 'notifications'] as const;

const cacheLayers = ['gateway', 'service memory', 'redis', 'stale'];

/** How often each layer answered, over all endpoints, as shares of all answers. */
export function layerShares(load: LoadResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { layers } of Object.values(load.endpoints)) {
    for (const [layer, count] of Object.entries(layers)) counts[layer] = (counts[layer] ?? 0) + count;
  }
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(
    Object.entries(counts).map(([layer, count]) => [layer, all === 0 ? 0 : count / all]),
  );
}

/** The share of answers that came from a cache, so without a read from DynamoDB. */
export function hitRate(load: LoadResult): number {
  const shares = layerShares(load);
  return cacheLayers.reduce((sum, layer) => sum + (shares[layer] ?? 0), 0);
}

/** CPU of all four apps for one answer, microseconds. */
export function cpuOfApps({ processes, load }: PhaseResult): number {
  const seconds = apps.reduce((sum, app) => sum + (processes[app]?.cpuSeconds ?? 0), 0);
  return (seconds * 1_000_000) / Math.max(1, load.answered);
}

/** A ratio, by each generator. */
export interface Ratios {
  readonly autocannon: number;
  readonly own: number;
}

/** The rate of one server divided by that of another, by each generator. */
export function ratios(one: Pick<Saturated, keyof Ratios>, other: Pick<Saturated, keyof Ratios>): Ratios {
  const ratio = (by: keyof Ratios) => one[by].ratePerSecond / Math.max(1, other[by].ratePerSecond);
  return { autocannon: ratio('autocannon'), own: ratio('own') };
}

/** A total, for a thousand answers of a load. */
export function perThousand(total: number, { answered }: Pick<LoadResult, 'answered'>): number {
  return (total * 1_000) / Math.max(1, answered);
}

/** The phases at a fixed rate, as tables name them. */
export function phasesOf({ after }: Pick<ReadsRecord, 'after'>): [name: string, phase: PhaseResult][] {
  return [
    ['800/s, warm', after.steady],
    ['50 % of what it takes', after.half],
    ['80 % of what it takes', after.most],
    ['800/s from a cold start', after.cold],
    ['800/s with 20 enrollments a second', after.writingLess],
    ['800/s with 50 enrollments a second', after.writing],
  ];
}

/** What DynamoDB takes for a query that finds nothing; DynamoDB Local counts nothing for it. */
const unitsOfEmptyQuery = 0.5;

/** Read capacity units at most: as counted, and half a unit more for each query, as any of them may have been empty. */
export function mostReadUnits({ counted }: Pick<PhaseResult, 'counted'>): number {
  return counted.readUnits + unitsOfEmptyQuery * (counted.databaseCalls['Query'] ?? 0);
}

/** Read capacity units for a thousand requests of the mix, before (where it ran) and after. */
export function readUnitsPerThousand({ before, after }: Pick<ReadsRecord, 'before' | 'after'>) {
  return {
    before: before && perThousand(before.saturatedCounts.readUnits, before.saturated),
    after: perThousand(mostReadUnits(after.steady), after.steady.load),
  };
}

/** How much an app's memory grew over the last half of a phase, as a share of what it has. */
export function memoryGrowth({ processes, load }: PhaseResult, app: string): number {
  const process = processes[app];
  if (process === undefined || process.memoryMegabytes === 0) return 0;
  return (process.memoryTrend.perMinute * (load.seconds / 120)) / process.memoryMegabytes;
}
