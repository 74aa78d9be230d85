import { holdsSeat, inSequence, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { SetAside } from './set-aside.rules.ts';

/**
 * No class had more students than seats, and none of its codes more than it may have, at any point of its history; what
 * registrars set aside, at once or by a permit, is counted apart.
 */
export const capacity = invariant(
  'capacity',
  'no class over its capacity, nor over that of one of its codes, at any point of its history',
  checkCapacity,
);

interface Counted {
  readonly capacity: number;
  readonly enrolledCount: number;
}

/** Seats of a class, with those under each of its other codes. */
interface ClassCounts extends Counted {
  readonly codes?: Readonly<Record<string, Counted>> | undefined;
}

/** Seats that are counted together: those of a class, or those under one of its other codes. */
interface Pool extends Counted {
  /** Of the class, or of the code's course. */
  readonly courseId: string;
}

function checkCapacity(snapshot: Snapshot, verdict: Verdict): void {
  const { facts, seats } = snapshot;
  const setAside = new SetAside(snapshot);
  for (const [classId, ofClass] of facts) {
    const overridden = follow(classId, ofClass, setAside, verdict);
    const row = seats.get(classId);
    for (const { courseId, capacity: most, enrolledCount } of row ? poolsOf(classId, row) : [])
      verdict.expect(
        enrolledCount <= most + (overridden.get(courseId) ?? 0),
        () => `${courseId} ends with ${enrolledCount} students in ${most} seats`,
        courseId,
      );
  }
}

function poolsOf(classId: string, { codes = {}, ...ofClass }: ClassCounts): Pool[] {
  const underCodes = Object.entries(codes).map(([courseId, code]) => ({ ...code, courseId }));
  return [{ ...ofClass, courseId: classId }, ...underCodes];
}

/** Counts the seats again, fact by fact; gives how many were taken beyond capacity by a registrar, of the class and of each code. */
function follow(
  classId: string,
  facts: readonly Fact[],
  setAside: SetAside,
  verdict: Verdict,
): ReadonlyMap<string, number> {
  const seated = new Map<string, string>();
  const overridden = new Map<string, number>();
  for (const fact of inSequence(facts)) {
    const { change, data } = fact;
    const { enrollment, counts, sequence } = data;
    if (holdsSeat(enrollment.status)) seated.set(enrollment.id, enrollment.courseId);
    else seated.delete(enrollment.id);
    for (const { courseId, capacity: most, enrolledCount } of poolsOf(classId, counts)) {
      const isOfPool = (id: string) => courseId === classId || id === courseId;
      const taken = Math.max([...seated.values()].filter(isOfPool).length, enrolledCount);
      if (isOfPool(enrollment.courseId) && isBeyond(fact, taken > most, setAside)) {
        overridden.set(courseId, (overridden.get(courseId) ?? 0) + 1);
        if (courseId === classId) verdict.note('seats given beyond capacity by a registrar');
      }
      verdict.expect(
        taken <= most + (overridden.get(courseId) ?? 0),
        () => `${courseId} has ${taken} students in ${most} seats after event ${sequence} (${change})`,
        courseId,
      );
    }
  }
  return overridden;
}

/** Whether a seat was taken beyond those that there are, as a registrar allowed. A permit may allow what it was not needed for. */
function isBeyond(fact: Fact, isFull: boolean, setAside: SetAside): boolean {
  const isByPermit = isFull && setAside.of(fact).has('seat_unavailable');
  return takesSeat(fact) && (fact.data.override.includes('seat_unavailable') || isByPermit);
}
