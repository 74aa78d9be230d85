import { amendmentsOf, isAmendment } from '../snapshot/amendments.ts';
import { factsByEnrollment } from '../snapshot/facts.ts';
import type { EnrollmentRow, Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** The history that an enrollment keeps is what its events say. */
export const history = invariant(
  'history',
  'the history on each enrollment equals its events, change for change',
  checkHistory,
);

function checkHistory({ facts, enrollments }: Snapshot, verdict: Verdict): void {
  const byEnrollment = factsByEnrollment(facts);
  for (const row of enrollments.values()) checkRow(row, byEnrollment.get(row.id) ?? [], verdict);
  for (const [id, own] of byEnrollment) {
    const courseId = own[0]?.data.enrollment.courseId;
    verdict.expect(enrollments.has(id), () => `events speak of ${id}, which has no row`, courseId);
  }
}

function checkRow(
  { id, courseId, version, status, history: all }: EnrollmentRow,
  own: readonly Fact[],
  verdict: Verdict,
): void {
  const kept = all.filter((entry) => !isAmendment(entry));
  const silent = amendmentsOf({ history: all });
  if (silent > 0) verdict.note('changes of what is given up for a seat, without an event', silent);
  verdict.expect(
    own.length === kept.length && all.length === version,
    () => `${id} is at version ${version}, with ${all.length} entries of history and ${own.length} events`,
    courseId,
  );
  const last = own.at(-1)?.data.enrollment.status;
  verdict.expect(last === status, () => `${id} is ${status}, and by its last event ${last}`, courseId);
  for (const [at, fact] of own.entries()) {
    const [entry, expected] = [kept[at], lineOf(fact)];
    const line = entry && lineOfEntry(entry);
    verdict.expect(
      line === expected,
      () => `the history of ${id} says "${line}" where the event says "${expected}"`,
      courseId,
    );
  }
}

function lineOf({ change, data }: Fact): string {
  const { occurredAt, actorId, actorRole, enrollment, reason, override } = data;
  const action = change.replace('-', '_');
  return lineOfEntry({
    at: occurredAt,
    action,
    actorId,
    actorRole,
    status: enrollment.status,
    reason,
    override,
    permitId: null,
  });
}

function lineOfEntry(entry: EnrollmentRow['history'][number]): string {
  const { at, action, actorId, actorRole, status, reason, override } = entry;
  return [at, action, actorId, actorRole, status, reason ?? '-', ...override].join(' ');
}
