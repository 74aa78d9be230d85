import { appNames } from '@registrar/stack';
import type { EnrollmentCost, OverloadPhase, OverloadResult } from '../../overload/overload-result.ts';
import type { OverloadRecord } from '../bench-record.ts';
import { count, duration, figure, percent, tableOf } from '../format.ts';
import type { Verdict } from '../verdicts.rules.ts';
import { verdictTable } from './verdict-table.ts';

const mostReadMs = 100;
const mostWriteMs = 5_000;
const mostRefusalMs = 50;
const leastGoodput = 0.9;
const mostRecoverySeconds = 10;
const mostSpreadMs = 12;
const mostRushMs = 5;

/** CPU of the four apps, ms. */
function ofApps(cost: EnrollmentCost): number {
  return appNames.reduce((sum, app) => sum + (cost[app] ?? 0), 0);
}

const worst = (phases: readonly OverloadPhase[], of: (phase: OverloadPhase) => number) =>
  Math.max(...phases.map(of));

const total = (phases: readonly OverloadPhase[], of: (phase: OverloadPhase) => number) =>
  phases.reduce((sum, phase) => sum + of(phase), 0);

/** The targets beyond capacity. */
export function overloadVerdicts({ phases, cost }: OverloadResult): Verdict[] {
  const readMs = worst(phases, ({ reads }) => reads.latency.p99Ms);
  const readFailures = total(phases, ({ reads }) => reads.failed + reads.unanswered);
  const writeMs = worst(phases, ({ writes }) => writes.enrolledLatency.maxMs);
  const refusalMs = worst(phases, ({ writes }) => writes.refusedLatency.p99Ms);
  const writeFailures = total(phases, ({ writes }) => writes.failed);
  const best = worst(phases, ({ writes }) => writes.goodput);
  const goodput = (phases.at(-1)?.writes.goodput ?? 0) / Math.max(best, Number.EPSILON);
  const recovery = worst(phases, ({ recoverySeconds }) => recoverySeconds);
  const lost = total(phases, (phase) => phase.lost);
  const [spread, rush] = [ofApps(cost.spread), ofApps(cost.rush)];
  return [
    {
      figure: 'reads at 800 a second beside enrollments at 1, 2 and 4 times the capacity: p99, failures',
      target: `under ${mostReadMs} ms, none`,
      measured: `${duration(readMs)}, ${readFailures} of ${count(total(phases, ({ reads }) => reads.sent))}`,
      reached: readMs < mostReadMs && readFailures === 0,
    },
    {
      figure: 'writes then: the slowest; refusals (503), p99; anything else',
      target: `${duration(mostWriteMs)}; ${mostRefusalMs} ms; none`,
      measured: `${duration(writeMs)}; ${duration(refusalMs)}; ${writeFailures}`,
      reached: writeMs <= mostWriteMs && refusalMs <= mostRefusalMs && writeFailures === 0,
    },
    {
      figure: 'goodput of writes at 4 times the capacity, beside the best',
      target: percent(leastGoodput),
      measured: percent(goodput),
      reached: goodput >= leastGoodput,
    },
    {
      figure: 'until everything is as before, after the load; acknowledged and lost',
      target: `${mostRecoverySeconds} s; none`,
      measured: `${figure(recovery)} s; ${lost}`,
      reached: recovery <= mostRecoverySeconds && lost === 0,
    },
    {
      figure: 'CPU of the four apps for an enrollment with all that follows: 30 a second / in a rush of 600',
      target: `${mostSpreadMs} / ${mostRushMs} ms`,
      measured: `${figure(spread)} / ${figure(rush)} ms`,
      reached: spread <= mostSpreadMs && rush <= mostRushMs,
    },
  ];
}

function phaseTable({ phases }: OverloadResult): string {
  return tableOf(phases, {
    load: ({ times, ratePerSecond }) => `${times} times: ${figure(ratePerSecond)}/s`,
    'reads: average': ({ reads }) => duration(reads.latency.averageMs),
    'p99 ': ({ reads }) => duration(reads.latency.p99Ms),
    failed: ({ reads }) => String(reads.failed + reads.unanswered),
    enrolled: ({ writes }) => `${count(writes.enrolled)} (${figure(writes.goodput)}/s)`,
    p99: ({ writes }) => duration(writes.enrolledLatency.p99Ms),
    slowest: ({ writes }) => duration(writes.enrolledLatency.maxMs),
    refused: ({ writes }) => count(writes.refused),
    'p99  ': ({ writes }) => duration(writes.refusedLatency.p99Ms),
    'failed ': ({ writes }) => String(writes.failed),
    'idle after': ({ recoverySeconds }) => `${figure(recoverySeconds)} s`,
    lost: ({ lost }) => String(lost),
  });
}

function costTable({ cost }: OverloadResult): string {
  const names = [...new Set([...Object.keys(cost.spread), ...Object.keys(cost.rush)])];
  return tableOf(names, {
    'CPU of an enrollment, ms': (name) => name,
    '30 a second over 60 courses': (name) => figure(cost.spread[name] ?? 0),
    'rush of 600': (name) => figure(cost.rush[name] ?? 0),
  });
}

/** Reads and writes beyond capacity, in a quiet run and in a busy one. */
export function overloadSection(usual?: OverloadRecord, busy?: OverloadRecord): string[] {
  const runs = [
    { record: usual, name: 'A quiet run', command: 'npm run bench -- overload' },
    {
      record: busy,
      name: 'A busy run: another process uses a whole processor',
      command: 'npm run bench -- overload --busy',
    },
  ];
  const parts = runs.flatMap(({ record, name, command }) => {
    if (!record) return [];
    const { result, madeAt, machine } = record;
    return [
      `### ${name}`,
      `Made by \`${command}\` on ${madeAt.slice(0, 10)} at revision ${machine.revision}. Capacity: ${figure(result.capacity)} enrollments a second by 16 connections without a pause, beside 800 reads a second.`,
      verdictTable(overloadVerdicts(result)),
      phaseTable(result),
      costTable(result),
    ];
  });
  if (parts.length === 0) return [];
  const intro =
    '800 reads of the mix a second, and beside them enrollments at a fixed rate, whatever the answers are: 1, 2 and 4 times what the machine can do. Each phase begins at rest.';
  return ['## Beyond capacity', intro, ...parts];
}
