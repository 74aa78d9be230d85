import { holdsSeat, inSequence } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** No course had more students than seats, at any point of its history; a registrar's overrides are counted apart. */
export const capacity = invariant(
  'capacity',
  'no course over its capacity, at any point of its history',
  checkCapacity,
);

function checkCapacity({ facts, seats }: Snapshot, verdict: Verdict): void {
  for (const [courseId, ofCourse] of facts) {
    const overridden = follow(courseId, ofCourse, verdict);
    const row = seats.get(courseId);
    if (!row) continue;
    verdict.expect(
      row.enrolledCount <= row.capacity + overridden,
      () => `${courseId} ends with ${row.enrolledCount} students in ${row.capacity} seats`,
      courseId,
    );
  }
}

/** Counts the seats again, fact by fact; gives how many were taken beyond capacity by a registrar. */
function follow(courseId: string, facts: readonly Fact[], verdict: Verdict): number {
  const seated = new Set<string>();
  let overridden = 0;
  for (const { change, data } of inSequence(facts)) {
    const { enrollment, counts, sequence, override } = data;
    if (holdsSeat(enrollment.status)) seated.add(enrollment.id);
    else seated.delete(enrollment.id);
    if (change === 'enrolled' && override.includes('seat_unavailable')) {
      overridden += 1;
      verdict.note('seats given beyond capacity by a registrar');
    }
    const taken = Math.max(seated.size, counts.enrolledCount);
    verdict.expect(
      taken <= counts.capacity + overridden,
      () =>
        `${courseId} has ${taken} students in ${counts.capacity} seats after event ${sequence} (${change})`,
      courseId,
    );
  }
  return overridden;
}
