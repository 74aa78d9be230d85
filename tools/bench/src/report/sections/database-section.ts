import type { ReadsRecord } from '../bench-record.ts';
import { bar, drawBars } from '../charts/charts.ts';
import { figure, percent, size, table } from '../format.ts';
import { mostReadUnits, perThousand, readUnitsPerThousand } from '../read-figures.ts';

/** A unit of capacity reads 4 KB consistently or 8 KB eventually: the most that came back for it. */
const mostBytesOfUnit = 8_192;

/** The calls of DynamoDB and what they read, before (empty where it did not run) and after. */
export function databaseTable(record: ReadsRecord): string {
  const { before, after } = record;
  const { counted, load } = after.steady;
  const { databaseCalls: calls, readUnits, throttles } = counted;
  const callCount = Object.values(calls).reduce((sum, each) => sum + each, 0);
  const units = readUnitsPerThousand(record);
  const old = before?.saturatedCounts;
  const ofOld = (text: (counts: NonNullable<typeof old>) => string): string => (old ? text(old) : '');
  const oldPerThousand = (value: number) => (before ? perThousand(value, before.saturated) : 0);
  const idleQueries = after.idle.counted.databaseCalls['Query'] ?? 0;
  return table(
    ['for 1,000 requests of the mix', 'before', 'after'],
    [
      ['read capacity units', ofOld(() => figure(units.before ?? 0)), figure(units.after)],
      [
        'calls to DynamoDB',
        ofOld(({ scans, otherCalls }) => figure(oldPerThousand(scans + otherCalls))),
        figure(perThousand(callCount, load)),
      ],
      [
        'share of them that are scans',
        ofOld(({ scans, otherCalls }) => percent(scans / Math.max(1, scans + otherCalls))),
        percent((calls['Scan'] ?? 0) / Math.max(1, callCount)),
      ],
      [
        'bytes from the database',
        ofOld(({ bytes }) => size(oldPerThousand(bytes))),
        `at most ${size(perThousand(readUnits, load) * mostBytesOfUnit)}`,
      ],
      [
        'read capacity units a second',
        ofOld((counts) => figure(counts.readUnits / (before?.saturated.seconds ?? 1))),
        figure(mostReadUnits(after.steady) / load.seconds),
      ],
      ['queries a second without requests', '', figure(idleQueries / after.idle.load.seconds)],
      ['throttled calls', '', String(throttles)],
    ],
  );
}

/** Capacity by table and index, without requests, at 800 requests a second, and with enrollments. */
export function capacityTable({ after }: ReadsRecord): string {
  const phases = [after.idle, after.steady, after.writing];
  const used = phases.map(
    ({ counted }) =>
      new Map(
        counted.byTable.map((use) => [use.index === '' ? use.table : `${use.table}, ${use.index}`, use]),
      ),
  );
  const names = [...new Set(used.flatMap((uses) => [...uses.keys()]))].sort();
  const rows = names.map((name) => [
    name,
    ...phases.map(({ load }, at) => {
      const { readUnits = 0, writeUnits = 0 } = used[at]?.get(name) ?? {};
      return `${figure(readUnits / load.seconds)} / ${figure(writeUnits / load.seconds)}`;
    }),
  ]);
  return table(
    ['units a second, read / written', 'no requests', '800/s', '800/s and 50 enrollments/s'],
    rows,
  );
}

/** Capacity for a thousand requests, before and after. */
export function unitsChart(record: ReadsRecord): string {
  const { before, after } = readUnitsPerThousand(record);
  return drawBars({
    title: 'Read capacity units for 1,000 requests of the mix',
    scale: 'log',
    bars: [bar('before', before, 'before'), bar('after', after, 'after')],
  });
}
