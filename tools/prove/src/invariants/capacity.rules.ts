import { holdsSeat, inSequence, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { SetAside } from './set-aside.rules.ts';

/** No course had more students than seats, at any point of its history; what registrars set aside, at once or by a permit, is counted apart. */
export const capacity = invariant(
  'capacity',
  'no course over its capacity, at any point of its history',
  checkCapacity,
);

function checkCapacity(snapshot: Snapshot, verdict: Verdict): void {
  const { facts, seats } = snapshot;
  const setAside = new SetAside(snapshot);
  for (const [courseId, ofCourse] of facts) {
    const overridden = follow(courseId, ofCourse, setAside, verdict);
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
function follow(courseId: string, facts: readonly Fact[], setAside: SetAside, verdict: Verdict): number {
  const seated = new Set<string>();
  let overridden = 0;
  for (const fact of inSequence(facts)) {
    const { change, data } = fact;
    const { enrollment, counts, sequence, override } = data;
    if (holdsSeat(enrollment.status)) seated.add(enrollment.id);
    else seated.delete(enrollment.id);
    const taken = Math.max(seated.size, counts.enrolledCount);
    // A permit may allow what it was not needed for.
    const isByPermit = taken > counts.capacity && setAside.of(fact).has('seat_unavailable');
    if (takesSeat(fact) && (override.includes('seat_unavailable') || isByPermit)) {
      overridden += 1;
      verdict.note('seats given beyond capacity by a registrar');
    }
    verdict.expect(
      taken <= counts.capacity + overridden,
      () =>
        `${courseId} has ${taken} students in ${counts.capacity} seats after event ${sequence} (${change})`,
      courseId,
    );
  }
  return overridden;
}
