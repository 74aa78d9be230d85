import type { Bar } from '../charts/bar-chart.ts';
import { drawBars } from '../charts/bar-chart.ts';
import type { RegistrationRecord } from '../bench-record.ts';
import { duration, figure, table } from '../format.ts';
import { registrationVerdicts, rushRate } from '../verdicts.rules.ts';
import type { RegistrationResult, Rush } from '../../registration/scenario-result.ts';
import { verdictTable } from './verdict-table.ts';

function rushRow(name: string, { load, enrolled, refused, lost }: Rush): string[] {
  const { latency, ratePerSecond } = load;
  return [
    name,
    figure(ratePerSecond),
    ...[latency.p50Ms, latency.p99Ms, latency.maxMs].map(duration),
    String(enrolled),
    String(refused),
    String(load.failed - refused + load.unanswered),
    String(lost),
  ];
}

function rushTable({ gateway, naive, unfollowed, students }: RegistrationResult): string {
  const rows = [
    ['gateway', gateway],
    ['naive', naive],
  ].flatMap(([name, way]) => {
    const { everybody, few } = way as RegistrationResult['gateway'];
    return [
      ...everybody.map((rush, at) =>
        rushRow(`${String(name)}: ${students} for ${rush.capacity} seats, round ${at + 1}`, rush),
      ),
      rushRow(`${String(name)}: ${students} for ${few.capacity} seats`, few),
    ];
  });
  const halted = `gateway, notifications halted: ${students} for ${unfollowed.capacity} seats`;
  rows.push(rushRow(halted, unfollowed));
  return table(
    ['rush', 'answers/s', 'p50', 'p99', 'last answer', 'enrolled', 'refused', 'failed', 'lost'],
    rows,
  );
}

function quietTable({ gateway, naive, bareTransactionMs, courses }: RegistrationResult): string {
  const row = (name: string, way: RegistrationResult['gateway']) => [
    name,
    figure(way.spread.ratePerSecond),
    duration(way.spread.latency.p99Ms),
    duration(way.alone.latency.p50Ms),
    duration(way.alone.latency.p95Ms),
  ];
  return table(
    ['', `spread over ${courses} courses: a second`, 'p99', 'one at a time: p50', 'p95'],
    [
      row('gateway', gateway),
      row('naive', naive),
      ['transaction alone', '', '', duration(bareTransactionMs.p50), duration(bareTransactionMs.p95)],
    ],
  );
}

/** Enrollments a second by both ways. */
export function registrationChart({ result }: RegistrationRecord): string {
  const bar = (label: string, value: number, tone: Bar['tone']): Bar => ({
    label,
    value,
    shown: figure(value),
    tone,
  });
  const { gateway, naive, students } = result;
  return drawBars({
    title: 'Answers a second on registration day',
    scale: 'linear',
    bars: [
      bar(`${students} for one course, naive`, rushRate(naive), 'before'),
      bar(`${students} for one course, gateway`, rushRate(gateway), 'after'),
      bar(`${students} for 100 seats, naive`, naive.few.load.ratePerSecond, 'before'),
      bar(`${students} for 100 seats, gateway`, gateway.few.load.ratePerSecond, 'after'),
      bar('spread over all courses, naive', naive.spread.ratePerSecond, 'before'),
      bar('spread over all courses, gateway', gateway.spread.ratePerSecond, 'after'),
    ],
  });
}

/** How fast a seat is given. */
export function registrationSection({ result, madeAt, machine }: RegistrationRecord): string {
  return [
    `Made by \`npm run bench:registration\` on ${madeAt.slice(0, 10)} at revision ${machine.revision}. The naive way answers each request with a transaction of its own, written by one process straight to tables of the same definitions, with the same items; it has no gateway before it and does not check tokens. On DynamoDB Local its transactions on one item queue up; DynamoDB itself would refuse most of them as conflicts, so the naive way is shown at its best.`,
    verdictTable(registrationVerdicts(result)),
    '![Answers a second](images/registration.svg)',
    rushTable(result),
    quietTable(result),
  ].join('\n\n');
}
