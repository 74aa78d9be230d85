import type { EnrollmentRow, PermitRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** A permit sets rules aside for one place, once; what was used to wait counts at the promotion too. */
export const permits = invariant(
  'permits',
  'every permit is used at most once, by its student in its course, and says when',
  checkPermits,
);

/** An entry of a history that names a permit. */
interface Use {
  readonly row: EnrollmentRow;
  /** Its place in the history. */
  readonly index: number;
}

function checkPermits({ permits: rows, granted, enrollments }: Snapshot, verdict: Verdict): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { permitId, userId, courseId } of granted)
    verdict.expect(
      byId.get(permitId)?.userId === userId,
      () => `the permit ${permitId} of ${userId} was acknowledged and is not there`,
      courseId,
    );
  const uses = usesOf(enrollments);
  for (const [permitId, own] of uses) checkUses(byId.get(permitId), permitId, own, verdict);
  for (const row of rows) {
    verdict.note(row.usedAt === undefined ? 'permits left unused' : 'permits used');
    if (row.usedAt === undefined) continue;
    // A place may use several at once: its history names the first of them.
    const isNamed = uses.has(row.id) || rows.some((each) => each.usedAt === row.usedAt && uses.has(each.id));
    verdict.expect(isNamed, () => `the permit ${row.id} is used, and no history names it`, row.courseId);
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
