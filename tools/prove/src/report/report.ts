import type { Finding, Invariant, Violation } from '../invariants/invariant.ts';
import { classOf } from '../snapshot/classes.ts';
import { inSequence } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';

/** An invariant and how it fared. */
export interface Judged {
  readonly invariant: Invariant;
  readonly finding: Finding;
}

/** Violations of one invariant that are printed; the rest is counted. */
const shownViolations = 5;
/** Events of the offending course that are printed. */
const shownEvents = 60;

/** Judges a snapshot by all invariants. */
export function judge(invariants: readonly Invariant[], snapshot: Snapshot): Judged[] {
  return invariants.map((invariant) => ({ invariant, finding: invariant.check(snapshot) }));
}

/** How many violations there are in all. */
export function violationsOf(judged: readonly Judged[]): number {
  return judged.reduce((sum, { finding }) => sum + finding.violations.length, 0);
}

/** The table of invariants with what was counted, then every kind of violation with the shortest history that shows it. */
export function reportLines(judged: readonly Judged[], snapshot: Snapshot): string[] {
  const rows = judged.map(({ invariant, finding }) => [
    finding.violations.length === 0 ? 'ok' : 'BROKEN',
    invariant.name,
    String(finding.checked),
    String(finding.violations.length),
    invariant.statement,
  ]);
  const table = aligned([['', 'invariant', 'checked', 'violations', 'says'], ...rows]);
  const noted = judged.flatMap(({ finding }) =>
    Object.entries(finding.noted ?? {}).map(([what, count]) => `   noted: ${count} ${what}`),
  );
  const broken = judged.filter(({ finding }) => finding.violations.length > 0);
  return [
    ...table,
    ...noted,
    ...broken.flatMap(({ invariant, finding }) => brokenLines(invariant, finding.violations, snapshot)),
  ];
}

function brokenLines({ name }: Invariant, violations: readonly Violation[], snapshot: Snapshot): string[] {
  const more = violations.length - shownViolations;
  return [
    '',
    `${name}:`,
    ...violations.slice(0, shownViolations).map(({ message }) => `  - ${message}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
    ...historyLines(violations, snapshot),
  ];
}

/** Of the courses that violations name, the one with the fewest events, event by event. */
function historyLines(violations: readonly Violation[], { facts, courses }: Snapshot): string[] {
  const named = new Set(violations.flatMap(({ courseId }) => classOf(courses, courseId ?? '')));
  const [shortest] = [...named]
    .map((courseId) => ({ courseId, own: inSequence(facts.get(courseId) ?? []) }))
    .sort((a, b) => a.own.length - b.own.length);
  if (!shortest || shortest.own.length === 0) return [];
  const { courseId, own } = shortest;
  const hidden = own.length - shownEvents;
  return [
    `  the shortest history, of ${courseId}:`,
    ...own.slice(0, shownEvents).map((fact) => `    ${eventLine(fact)}`),
    ...(hidden > 0 ? [`    and ${hidden} more events`] : []),
  ];
}

function eventLine({ change, data }: Fact): string {
  const { sequence, occurredAt, enrollment, counts, actorRole, override, studentVersion } = data;
  const seats = `${counts.enrolledCount}/${counts.capacity} + ${counts.waitlistedCount}`;
  const by = override.length > 0 ? `${actorRole} over ${override.join(', ')}` : actorRole;
  return `${sequence} ${occurredAt} ${change} ${enrollment.id} v${enrollment.version} (student v${studentVersion}) by ${by}: ${seats}`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '),
  );
}
