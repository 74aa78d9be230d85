import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { endpointOf } from '../../load/load-job.ts';
import type { LoadResult } from '../../load/load-job.ts';
import { bar, drawBars } from '../charts/charts.ts';
import type { RegistrationRecord } from '../bench-record.ts';
import { duration, figure, table, tableOf } from '../format.ts';
import { registrationVerdicts, rushRate } from '../verdicts.rules.ts';
import type { RegistrationResult, Rush, WayResult } from '../../registration/scenario-result.ts';
import { verdictTable } from './verdict-table.ts';

function rushTable(result: RegistrationResult): string {
  const { gateway, naive, withoutQueue, unfollowed, students } = result;
  const rounds = (name: string, rushes: readonly Rush[]) =>
    rushes.map((rush, at) => ({ name, round: `, round ${at + 1}`, ...rush }));
  const one = (name: string, rush: Rush) => ({ name, round: '', ...rush });
  const rushes = [
    ...rounds('gateway', gateway.everybody),
    one('gateway', gateway.few),
    ...rounds('naive', naive.everybody),
    one('naive', naive.few),
    one('gateway, notifications halted', unfollowed),
    ...rounds('gateway, without the queue', withoutQueue),
  ];
  return tableOf(rushes, {
    rush: ({ name, capacity, round }) => `${name}: ${students} for ${capacity} seats${round}`,
    'answers/s': ({ load }) => figure(load.ratePerSecond),
    p50: ({ load }) => duration(load.latency.p50Ms),
    p99: ({ load }) => duration(load.latency.p99Ms),
    'last answer': ({ load }) => duration(load.latency.maxMs),
    enrolled: ({ enrolled }) => String(enrolled),
    refused: ({ refused }) => String(refused),
    failed: ({ load, refused }) => String(load.failed - refused + load.unanswered),
    lost: ({ lost }) => String(lost),
  });
}

function idleTable({ gateway, naive, bareTransactionMs, courses }: RegistrationResult): string {
  const row = (name: string, { spread, alone }: WayResult) => [
    name,
    figure(enrolledPerSecond(spread)),
    duration(enrollmentsOf(spread)?.latencyByStatus['201']?.p99Ms ?? 0),
    String(enrollmentsOf(spread)?.statuses['503'] ?? 0),
    ...[alone.latency.p50Ms, alone.latency.p95Ms].map(duration),
  ];
  return table(
    [
      '',
      `spread over ${courses} courses: enrolled a second`,
      'p99',
      'refused as too many',
      'one at a time: p50',
      'p95',
    ],
    [
      row('gateway', gateway),
      row('naive', naive),
      ['transaction alone', '', '', '', duration(bareTransactionMs.p50), duration(bareTransactionMs.p95)],
    ],
  );
}

function enrollmentsOf({ endpoints }: LoadResult) {
  return endpoints[endpointOf(enrollmentRoutes.enroll)];
}

/** Requests that were refused as too many are no enrollments. */
function enrolledPerSecond(load: LoadResult): number {
  return (enrollmentsOf(load)?.statuses['201'] ?? 0) / load.seconds;
}

/** Enrollments a second by both ways. */
export function registrationChart({ result }: RegistrationRecord): string {
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
      bar('spread over all courses, naive', enrolledPerSecond(naive.spread), 'before'),
      bar('spread over all courses, gateway', enrolledPerSecond(gateway.spread), 'after'),
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
