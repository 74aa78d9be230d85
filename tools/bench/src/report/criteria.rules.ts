import {
  architectureBill,
  comparedTotals,
  monthlyUse,
  readArchitecture,
  totalOf,
  type MonthlyUse,
  type PriceList,
} from '@registrar/costs';
import type { ReadsRecord } from './bench-record.ts';
import { dollars, duration, figure, percent } from './format.ts';
import { apps, hitRate, mostReadUnits, readUnitsPerThousand } from './read-figures.ts';
import type { Verdict } from './verdicts.rules.ts';

const provisionedReadUnits = 100;
/** Beyond it an autoscaler would add an instance, share of one core. */
const mostCpu = 0.7;

/** Read capacity units that the system took in a second of the steady run. */
function readUnitsPerSecond({ after }: ReadsRecord): number {
  return mostReadUnits(after.steady) / Math.max(1, after.steady.load.seconds);
}

/** A month at the measured sizes; without the system before, both sides have the size of a plain page. */
export function measuredMonth(record: ReadsRecord, list: PriceList): MonthlyUse {
  const { before, after, pageBytes } = record;
  const { steady, writing } = after;
  const bytesAfter = steady.load.bytes / Math.max(1, steady.load.answered);
  const bytesBefore = before ? before.saturated.bytes / Math.max(1, before.saturated.answered) : bytesAfter;
  const enrolled = writing.beside?.answered ?? 0;
  return monthlyUse(
    {
      bytesPerRequestBefore: bytesBefore,
      bytesPerRequestAfter: bytesAfter * (pageBytes.br / Math.max(1, pageBytes.identity)),
      readUnitsPerThousand: readUnitsPerThousand(record).after,
      writeUnitsPerEnrollment: writing.counted.writeUnits / Math.max(1, enrolled),
    },
    list,
  );
}

/** CPU of each app in the steady run: on average, and in its busiest second. */
function cpuText({ after }: ReadsRecord): string {
  return apps
    .map((app) => {
      const { cpuAverage = 0, cpuMost = 0 } = after.steady.processes[app] ?? {};
      return `${app} ${percent(cpuAverage)} (${percent(cpuMost)})`;
    })
    .join(', ');
}

function speedCriteria({ after }: ReadsRecord): Verdict[] {
  const { load } = after.steady;
  const failures = load.failed + load.unanswered;
  const { averageMs, p99Ms } = load.latency;
  const most = figure(after.saturated.load.ratePerSecond);
  return [
    {
      figure: 'average latency',
      target: 'under 200 ms',
      measured: duration(averageMs),
      reached: averageMs < 200,
    },
    { figure: 'p99 latency', target: 'under 500 ms', measured: duration(p99Ms), reached: p99Ms < 500 },
    {
      figure: 'requests a second',
      target: '500 or more',
      measured: `${figure(load.ratePerSecond)} asked for and answered; ${most} at most`,
      reached: load.ratePerSecond >= 500,
    },
    {
      figure: 'errors',
      target: '0 %',
      measured: `${percent(failures / Math.max(1, load.sent))} (${failures} of ${load.sent.toLocaleString('en-US')})`,
      reached: failures === 0,
    },
  ];
}

function economyCriteria(record: ReadsRecord, list: PriceList): Verdict[] {
  const { steady } = record.after;
  const busiest = Math.max(...apps.map((app) => steady.processes[app]?.cpuAverage ?? 0));
  const { before: dear, after: cheap } = comparedTotals(list.likeForLike.lines);
  const bill = totalOf(architectureBill(measuredMonth(record, list), readArchitecture().smallest, list));
  const units = readUnitsPerSecond(record);
  const hits = hitRate(steady.load);
  return [
    { figure: 'cache hit rate', target: 'over 90 %', measured: percent(hits), reached: hits > 0.9 },
    {
      figure: 'read capacity units a second',
      target: `under 10 % of ${provisionedReadUnits}`,
      measured: `${figure(units)}, ${percent(units / provisionedReadUnits)}`,
      reached: units < provisionedReadUnits * 0.1,
    },
    {
      figure: 'no scaling for 200 users: CPU of each app, of one core (busiest second)',
      target: 'one instance each',
      measured: cpuText(record),
      reached: busiest < mostCpu,
    },
    {
      figure: 'monthly cost',
      target: `below ${dollars(dear)}`,
      measured: `${dollars(cheap)} like for like; ${dollars(bill)} for this architecture as it is, with Kafka and four services`,
      reached: cheap < dear,
    },
  ];
}

/** The eight criteria that the system is judged by, each with what was measured at 800 requests a second. */
export function successCriteria(record: ReadsRecord, list: PriceList): Verdict[] {
  return [...speedCriteria(record), ...economyCriteria(record, list)];
}
