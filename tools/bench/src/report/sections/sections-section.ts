import type { BundleRun, PlainEnrolls, SectionCost, SectionsResult } from '../../sections/sections-result.ts';
import type { SectionsRecord } from '../bench-record.ts';
import { duration, figure, percent, tableOf } from '../format.ts';
import { median } from '../verdicts.rules.ts';
import type { Verdict } from '../verdicts.rules.ts';
import { verdictTable } from './verdict-table.ts';

const leastPlain = 0.8;
/** Load average a core from which on a run shares its machine with other work. */
const busyLoad = 1;

function costVerdict({ plainMs, sectionMs }: SectionCost): Verdict {
  const [plain, section] = [median(plainMs), median(sectionMs)];
  const more = section / Math.max(Number.EPSILON, plain) - 1;
  return {
    figure:
      'CPU of our apps for a seat in a course that has reserved seats and was named by a lecture, beside one without links and reservations (medians)',
    target: 'at most 15 % more',
    measured: `${figure(Math.round(more * 1_000) / 10)} % more (${figure(section)} and ${figure(plain)} ms)`,
    reached: more <= 0.15,
  };
}

function rushVerdicts({ instances, students, labs, plainRate, plainCourses, rushes }: BundleRun): Verdict[] {
  const total = (of: (rush: BundleRun['rushes'][number]) => number) =>
    rushes.reduce((sum, rush) => sum + of(rush), 0);
  const asked = students * rushes.length;
  const [answered, unavailable, lost] = [
    total((rush) => rush.answeredInTime),
    total((rush) => rush.unavailable),
    total((rush) => rush.lost),
  ];
  const rateOf = (each: PlainEnrolls | undefined) => each?.perSecond ?? 0;
  const share = median(rushes.map(({ alone, beside }) => rateOf(beside) / Math.max(0.001, rateOf(alone))));
  const where = instances === 1 ? 'one enrollments instance' : `${instances} enrollments instances`;
  return [
    {
      figure: `${students} ask for a lecture with one of ${labs} labs at once, ${where}: answered within 10 s; 503; lost`,
      target: 'all; 0; 0',
      measured: `${answered} of ${asked}; ${unavailable}; ${lost}`,
      reached: answered === asked && unavailable === 0 && lost === 0,
    },
    {
      figure: `${plainRate} enrollments a second into ${plainCourses} other courses meanwhile, ${where}: their rate beside that without the rush (median)`,
      target: `${percent(leastPlain)} or more`,
      measured: percent(share),
      reached: share >= leastPlain,
    },
  ];
}

/** The targets of sections. */
export function sectionsVerdicts({ cost, bundles }: SectionsResult): Verdict[] {
  return [...bundles.flatMap(rushVerdicts), costVerdict(cost)];
}

function rushTable(bundles: readonly BundleRun[]): string {
  const rows = bundles.flatMap(({ instances, rushes }) =>
    rushes.map((rush, at) => ({ ...rush, name: `${instances}, round ${at + 1}` })),
  );
  return tableOf(rows, {
    instances: ({ name }) => name,
    answered: ({ answeredInTime }) => String(answeredInTime),
    'answered 503': ({ unavailable }) => String(unavailable),
    enrolled: ({ enrolled }) => String(enrolled),
    waiting: ({ waiting }) => String(waiting),
    'taken/s': ({ taken, load }) => figure(taken / load.seconds),
    p50: ({ load }) => duration(load.latency.p50Ms),
    p99: ({ load }) => duration(load.latency.p99Ms),
    'last answer': ({ load }) => duration(load.latency.maxMs),
    transactions: ({ transactions }) => String(transactions),
    'others alone: a second': ({ alone }) => figure(alone?.perSecond ?? 0),
    'p50 ': ({ alone }) => duration(alone?.load.latency.p50Ms ?? 0),
    'p99 ': ({ alone }) => duration(alone?.load.latency.p99Ms ?? 0),
    'beside: a second': ({ beside }) => figure(beside?.perSecond ?? 0),
    'p50  ': ({ beside }) => duration(beside?.load.latency.p50Ms ?? 0),
    'p99  ': ({ beside }) => duration(beside?.load.latency.p99Ms ?? 0),
    '503 ': ({ beside }) => String(beside?.unavailable ?? 0),
  });
}

/** How fast a lecture is taken with one of its labs, what others notice of it, and what sections cost. */
export function sectionsSection({ result, madeAt, machine, costRun }: SectionsRecord): string {
  const isBusy = machine.loadAverage / machine.cores > busyLoad;
  return [
    `Made by \`npm run bench:registration\` on ${madeAt.slice(0, 10)} at revision ${machine.revision}. One request takes the lecture and a lab, or a place on both waitlists; labs are drawn, so that a few are full. Others enroll at a fixed rate meanwhile, and as long without the rush before it. How such sets take their turns: [decisions/bundles-queueing.md](decisions/bundles-queueing.md).`,
    ...(isBusy
      ? [
          `**A busy run** (load average ${figure(machine.loadAverage)} on ${machine.cores} cores at its start): counts and ratios can be used, times cannot.`,
        ]
      : []),
    ...(costRun
      ? [
          `The CPU for a seat is of a run on ${costRun.madeAt.slice(0, 10)} at revision ${costRun.machine.revision} (load average ${figure(costRun.machine.loadAverage)} at its start).`,
        ]
      : []),
    verdictTable(sectionsVerdicts(result)),
    rushTable(result.bundles),
  ].join('\n\n');
}
