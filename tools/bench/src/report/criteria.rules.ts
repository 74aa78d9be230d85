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
import { count, dollars, duration, figure, percent } from './format.ts';
import { apps, hitRate, mostReadUnits, readUnitsPerThousand } from './read-figures.ts';
import type { Verdict } from './verdicts.rules.ts';

const provisionedReadUnits = 100;
/** Beyond it an autoscaler would add an instance, share of one core. */
const mostCpu = 0.7;

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

/** The eight criteria that the system is judged by, each with what was measured at 800 requests a second. */
export function successCriteria(record: ReadsRecord, list: PriceList): Verdict[] {
  const { steady, saturated } = record.after;
  const { latency, ratePerSecond, failed, unanswered, sent } = steady.load;
  const { averageMs, p99Ms } = latency;
  const failures = failed + unanswered;
  const hits = hitRate(steady.load);
  const units = mostReadUnits(steady) / Math.max(1, steady.load.seconds);
  const busiest = Math.max(...apps.map((app) => steady.processes[app]?.cpuAverage ?? 0));
  const { before: dear, after: cheap } = comparedTotals(list.likeForLike.lines);
  const bill = totalOf(architectureBill(measuredMonth(record, list), readArchitecture().smallest, list));
  const rows: [figure: string, target: string, measured: string, reached: boolean][] = [
    ['average latency', 'under 200 ms', duration(averageMs), averageMs < 200],
    ['p99 latency', 'under 500 ms', duration(p99Ms), p99Ms < 500],
    [
      'requests a second',
      '500 or more',
      `${figure(ratePerSecond)} sent and answered; ${figure(saturated.load.ratePerSecond)} at most`,
      ratePerSecond >= 500,
    ],
    [
      'errors',
      '0 %',
      `${percent(failures / Math.max(1, sent))} (${failures} of ${count(sent)})`,
      failures === 0,
    ],
    ['cache hit rate', 'over 90 %', percent(hits), hits > 0.9],
    [
      'read capacity units a second',
      `under 10 % of ${provisionedReadUnits}`,
      `${figure(units)}, ${percent(units / provisionedReadUnits)}`,
      units < provisionedReadUnits * 0.1,
    ],
    [
      'no scaling for 200 users: CPU of each app, of one core (busiest second)',
      'one instance each',
      cpuText(record),
      busiest < mostCpu,
    ],
    [
      'monthly cost',
      `below ${dollars(dear)}`,
      `${dollars(cheap)} like for like; ${dollars(bill)} for this architecture as it is, with Kafka and four services`,
      cheap < dear,
    ],
  ];
  return rows.map(([name, target, measured, reached]) => ({ figure: name, target, measured, reached }));
}
