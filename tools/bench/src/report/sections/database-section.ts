import { drawBars } from '../charts/charts.ts';
import type { ReadsRecord } from '../bench-record.ts';
import { figure, percent, size, table } from '../format.ts';
import { mostReadUnits, readUnitsPerThousand } from '../read-figures.ts';

/** A unit of capacity reads 4 KB consistently or 8 KB eventually: the most that came back for it. */
const mostBytesOfUnit = 8_192;

/** What the database was asked, before and after. */
export function databaseTable(record: ReadsRecord): string {
  const { before, after } = record;
  const units = readUnitsPerThousand(record);
  const { counted, load } = after.steady;
  const calls = Object.values(counted.databaseCalls).reduce((sum, count) => sum + count, 0);
  const perThousand = (count: number) => (count * 1_000) / Math.max(1, load.answered);
  const old = before?.saturatedCounts;
  const oldCalls = old && old.scans + old.otherCalls;
  const beforePerThousand = (count: number) =>
    figure((count * 1_000) / Math.max(1, before?.saturated.answered ?? 0));
  const oldText = (count: number | undefined) => (count === undefined ? '' : beforePerThousand(count));
  return table(
    ['for 1,000 requests of the mix', 'before', 'after'],
    [
      ['read capacity units', units.before === undefined ? '' : figure(units.before), figure(units.after)],
      ['calls to DynamoDB', oldText(oldCalls), figure(perThousand(calls))],
      [
        'share of them that are scans',
        old && oldCalls ? percent(old.scans / oldCalls) : '',
        percent((counted.databaseCalls['Scan'] ?? 0) / Math.max(1, calls)),
      ],
      [
        'bytes from the database',
        old ? size((old.bytes * 1_000) / Math.max(1, before.saturated.answered)) : '',
        `at most ${size(perThousand(counted.readUnits) * mostBytesOfUnit)}`,
      ],
      [
        'read capacity units a second',
        old ? figure(old.readUnits / before.saturated.seconds) : '',
        figure(mostReadUnits(after.steady) / load.seconds),
      ],
      [
        'queries a second while nobody asks',
        '',
        figure((after.idle.counted.databaseCalls['Query'] ?? 0) / after.idle.load.seconds),
      ],
      ['throttled calls', '', String(counted.throttles)],
    ],
  );
}

/** Capacity by table and index, without requests, at 800 requests a second, and with enrollments. */
export function capacityTable({ after }: ReadsRecord): string {
  const phases = [after.idle, after.steady, after.writing];
  const names = [
    ...new Set(
      phases.flatMap(({ counted }) => counted.byTable.map(({ table: of, index }) => `${of}|${index}`)),
    ),
  ].sort();
  const rows = names.map((name) => {
    const [of = '', index = ''] = name.split('|');
    const cells = phases.map(({ counted, load }) => {
      const use = counted.byTable.find((each) => each.table === of && each.index === index);
      const rate = (units = 0) => figure(units / load.seconds);
      return `${rate(use?.readUnits)} / ${rate(use?.writeUnits)}`;
    });
    return [`${of}${index === '' ? '' : `, ${index}`}`, ...cells];
  });
  return table(
    ['units a second, read / written', 'nobody asks', '800/s', '800/s and 50 enrollments/s'],
    rows,
  );
}

/** Capacity for a thousand requests, before and after. */
export function unitsChart(record: ReadsRecord): string {
  const { before, after } = readUnitsPerThousand(record);
  return drawBars({
    title: 'Read capacity units for 1,000 requests of the mix',
    scale: 'log',
    bars: [
      ...(before === undefined
        ? []
        : [{ label: 'before', value: before, shown: figure(before), tone: 'before' as const }]),
      { label: 'after', value: after, shown: figure(after), tone: 'after' },
    ],
  });
}
