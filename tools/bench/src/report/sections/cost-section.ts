import {
  architectureBill,
  comparedTotals,
  readArchitecture,
  totalOf,
  type PriceList,
} from '@registrar/costs';
import type { ReadsRecord } from '../bench-record.ts';
import { measuredMonth } from '../criteria.rules.ts';
import { dollars, figure, percent, table } from '../format.ts';
import { apps } from '../read-figures.ts';

/** What was measured beside what a line of the old comparison assumes: before and after. */
function measuredBeside(record: ReadsRecord, list: PriceList): Record<string, readonly [string, string]> {
  const { before, after } = record;
  const { steady, writing } = after;
  const cpu = apps.reduce((sum, app) => sum + (steady.processes[app]?.cpuAverage ?? 0), 0);
  const perSecond = (units: number, seconds: number) => figure(units / Math.max(1, seconds));
  const old = before
    ? `${perSecond(before.saturatedCounts.readUnits, before.saturated.seconds)} RCU at ${figure(before.saturated.ratePerSecond)} req/s`
    : '';
  const month = measuredMonth(record, list);
  return {
    Servers: ['', `all four apps together ${percent(cpu)} of one core at 800 req/s`],
    Cache: [
      '',
      `Redis ${percent(steady.processes['redis']?.cpuAverage ?? 0)} of a core, ${figure(steady.processes['redis']?.memoryMegabytes ?? 0)} MB`,
    ],
    'DynamoDB tables': [
      old,
      `${perSecond(steady.counted.readUnits, steady.load.seconds)} RCU at 800 req/s; ${perSecond(writing.counted.writeUnits, writing.load.seconds)} WCU with 50 enrollments a second`,
    ],
    'Transfer out': [
      `${list.assumptions.transferGbBefore} GB`,
      `${figure(month.transferGb)} GB for the same requests with br`,
    ],
  };
}

/** The old comparison, with the measured beside the assumed. */
export function comparedBill(record: ReadsRecord, list: PriceList): string {
  const beside = measuredBeside(record, list);
  const { lines } = list.likeForLike;
  const rows = lines.map(({ what, before, beforeUsd, after, afterUsd }) => [
    what,
    before,
    dollars(beforeUsd),
    beside[what]?.[0] ?? '',
    after,
    dollars(afterUsd),
    beside[what]?.[1] ?? '',
  ]);
  const total = comparedTotals(lines);
  rows.push(['**together**', '', `**${dollars(total.before)}**`, '', '', `**${dollars(total.after)}**`, '']);
  return table(['a month', 'before: assumed', '', 'measured', 'after: assumed', '', 'measured'], rows);
}

/** What this architecture costs as it is. */
export function wholeBill(record: ReadsRecord, list: PriceList): string {
  const use = measuredMonth(record, list);
  const { smallest, production } = readArchitecture();
  const small = architectureBill(use, smallest, list);
  const large = architectureBill(use, production, list);
  const rows = small.map(({ what, how, usd }, at) => [
    what,
    how,
    dollars(usd),
    large[at]?.how ?? '',
    dollars(large[at]?.usd ?? 0),
  ]);
  rows.push(['**together**', '', `**${dollars(totalOf(small))}**`, '', `**${dollars(totalOf(large))}**`]);
  const month = `A month here is ${figure(use.requests / 1_000_000)} million requests, as many as made up the ${list.assumptions.transferGbBefore} GB of the system before, and ${list.assumptions.enrollmentsPerMonth.toLocaleString('en-US')} enrollments with a mail each.`;
  return `${month}\n\n${table(['a month', 'one of each', '', 'able to lose one of each', ''], rows)}`;
}
