import { holdsSeat, inSequence, takesSeat } from './facts.ts';
import type { CodeSeatsRow, Counts, Fact, SeatsRow, Snapshot } from './snapshot.ts';

/** The id of the course whose class a course is: its own, or the one that it is cross-listed with. */
export function classOf(courses: Snapshot['courses'], courseId: string): string {
  return courses.get(courseId)?.crossListedOf ?? courseId;
}

/** The seats that a place in a course counts for: those of its class and, where it is another code, those under that. */
export function seatsOf(
  { courses, seats }: Pick<Snapshot, 'courses' | 'seats'>,
  courseId: string,
): { ofClass: SeatsRow; code: CodeSeatsRow | undefined } | undefined {
  const ofClass = seats.get(classOf(courses, courseId));
  return ofClass && { ofClass, code: ofClass.codes[courseId] };
}

/**
 * The counts of a course as everybody is to see them: one waitlist for all codes of a class, and the students of all of
 * them, but where a code has fewer seats of its own.
 */
export function countsUnder(
  snapshot: Pick<Snapshot, 'courses' | 'seats'>,
  courseId: string,
): Counts | undefined {
  const found = seatsOf(snapshot, courseId);
  if (!found) return undefined;
  const { ofClass, code = ofClass } = found;
  const { enrolledCount } = code.capacity < ofClass.capacity ? code : ofClass;
  return { capacity: code.capacity, enrolledCount, waitlistedCount: ofClass.waitlistedCount };
}

/** Changes that give a seat to who gave one of the same class up in the same commit: from one of its codes to another. */
export function codeChanges(facts: readonly Fact[]): ReadonlySet<string> {
  const seated = new Set<string>();
  const left = new Set<string>();
  const kept = new Set<string>();
  for (const fact of inSequence(facts)) {
    const { id, userId, status } = fact.data.enrollment;
    const commit = `${userId} ${fact.data.studentVersion}`;
    if (takesSeat(fact) && left.has(commit)) kept.add(fact.id);
    if (holdsSeat(status)) seated.add(id);
    else if (seated.delete(id)) left.add(commit);
  }
  return kept;
}
