import type { EnrollmentRow, PermitRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/**
 * A permit sets rules aside for one place, once; what was used to wait counts at the promotion too. From its revocation on
 * it sets nothing aside, also not for who waits with it.
 */
export const permits = invariant(
  'permits',
  'every permit is used at most once, by its student in its course, not after its revocation, and says when',
  checkPermits,
);

/** An entry of a history that names a permit. */
interface Use {
  readonly row: EnrollmentRow;
  /** Its place in the history. */
  readonly index: number;
}

function checkPermits(snapshot: Snapshot, verdict: Verdict): void {
  const { permits: rows, granted, enrollments } = snapshot;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { permitId, userId, courseId } of granted)
    verdict.expect(
      byId.get(permitId)?.userId === userId,
      () => `the permit ${permitId} of ${userId} was acknowledged and is not there`,
      courseId,
    );
  const uses = usesOf(enrollments);
  for (const [permitId, own] of uses) checkUses(byId.get(permitId), permitId, own, verdict);
  checkRevoked(snapshot, { byId, uses }, verdict);
  for (const row of rows) {
    verdict.note(row.usedAt === undefined ? 'permits left unused' : 'permits used');
    if (row.usedAt === undefined) continue;
    // A place may use several at once: its history names the first of them.
    const isNamed = uses.has(row.id) || rows.some((each) => each.usedAt === row.usedAt && uses.has(each.id));
    verdict.expect(isNamed, () => `the permit ${row.id} is used, and no history names it`, row.courseId);
  }
}

/**
 * What is revoked when that is answered, or by what its row says, is used by no later change: both rewrite the record of
 * the student.
 */
function checkRevoked(
  { permits: rows, revoked }: Snapshot,
  { byId, uses }: { byId: ReadonlyMap<string, PermitRow>; uses: ReadonlyMap<string, readonly Use[]> },
  verdict: Verdict,
): void {
  for (const { permitId, courseId, acknowledgedAt } of revoked) {
    const at = byId.get(permitId)?.revokedAt;
    verdict.expect(
      at !== undefined && Date.parse(at) <= acknowledgedAt,
      () => `the permit ${permitId} was revoked by an answer, and says ${at}`,
      courseId,
    );
  }
  for (const { id, courseId, usedAt, revokedAt } of rows) {
    if (revokedAt === undefined) continue;
    verdict.note(usedAt === undefined ? 'permits revoked before any use' : 'permits revoked after their use');
    const named = (uses.get(id) ?? []).map(({ row, index }) => row.history[index]?.at ?? '');
    const late = [...named, usedAt ?? ''].find((at) => at > revokedAt);
    verdict.expect(
      late === undefined,
      () => `the permit ${id} was used at ${late}, and was revoked at ${revokedAt}`,
      courseId,
    );
  }
}

function usesOf(enrollments: Snapshot['enrollments']): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const row of enrollments.values())
    for (const [index, { permitId }] of row.history.entries())
      if (permitId) uses.set(permitId, [...(uses.get(permitId) ?? []), { row, index }]);
  return uses;
}

function checkUses(
  permit: PermitRow | undefined,
  permitId: string,
  uses: readonly Use[],
  verdict: Verdict,
): void {
  const courseId = uses[0]?.row.courseId;
  verdict.expect(
    uses.every(({ row }) => row.userId === permit?.userId && row.courseId === permit.courseId),
    () => `the permit ${permitId} was used for ${uses.map(({ row }) => row.id).join()}`,
    courseId,
  );
  verdict.expect(permit?.usedAt !== undefined, () => `${permitId} was used, and does not say when`, courseId);
  const again = uses.filter((use) => !isPromotionOf(use, uses[0]));
  verdict.expect(
    again.length === 0,
    () =>
      `the permit ${permitId} was used ${1 + again.length} times: ${again.map(({ row }) => row.id).join()}`,
    courseId,
  );
}

/** Whether a use is the first one itself, or the promotion of the place that was waited for with it. */
function isPromotionOf({ row, index }: Use, first: Use | undefined): boolean {
  if (!first || row !== first.row) return false;
  if (index === first.index) return true;
  const wait = row.history.slice(first.index, index);
  return row.history[index]?.action === 'promoted' && wait.every(({ status }) => status === 'waitlisted');
}
