import type { Bar } from '../charts/charts.ts';
import { drawBars } from '../charts/charts.ts';
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

function rushTable({ gateway, naive, withoutQueue, unfollowed, students }: RegistrationResult): string {
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
  rows.push(
    ...withoutQueue.map((rush, at) =>
      rushRow(`gateway, without the queue: ${students} for ${rush.capacity} seats, round ${at + 1}`, rush),
    ),
  );
  return table(
    ['rush', 'answers/s', 'p50', 'p99', 'last answer', 'enrolled', 'refused', 'failed', 'lost'],
    rows,
  );
}

function idleTable({ gateway, naive, bareTransactionMs, courses }: RegistrationResult): string {
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
  const { gateway, naive, withoutQueue, students } = result;
  return drawBars({
    title: 'Registration day: enrollments a second for one course, answers a second for the rest',
    scale: 'linear',
    bars: [
      bar(`${students} for one course, without the queue`, rushRate(withoutQueue), 'before'),
      bar(`${students} for one course, naive`, rushRate(naive.everybody), 'before'),
      bar(`${students} for one course, gateway`, rushRate(gateway.everybody), 'after'),
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
    `Made by \`npm run bench:registration\` on ${madeAt.slice(0, 10)} at revision ${machine.revision}, in one run. The gateway's way is stood beside two others:`,
    [
      '- **Without the queue**: the same system, but its enrollments service commits each request by itself, as it comes, and again after a pause where another one was first. What a commit promises is the same: places, their order, and numbered events.',
      '- **Naive**: one process that answers each request with a transaction of its own, straight to tables of the same definitions, with as many items. It counts seats up where the system knows their order, gives its events no numbers, publishes none, keeps no lists, has no gateway before it and checks no tokens. On DynamoDB Local its transactions on one item queue up; DynamoDB itself would refuse most of them as conflicts, as happens without the queue. So it is shown at its best.',
    ].join('\n'),
    verdictTable(registrationVerdicts(result)),
    '![Answers a second](images/registration.svg)',
    rushTable(result),
    idleTable(result),
  ].join('\n\n');
}
