import type { CourseState } from '@registrar/contracts-courses';
import type { Attempt } from '@registrar/eligibility';
import { holdsSeat } from '../snapshot/facts.ts';
import type { EntryRow, OfferingRow, SeatsRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { completed, missingFor } from './eligibility.rules.ts';
import { meet } from './meetings.rules.ts';

/** Once all is quiescent, every free seat of an open course is one that no waiting student may take. */
export const freeSeats = invariant(
  'free-seats',
  'no seat stays free beside a waiting student who may take it',
  checkFreeSeats,
);

function checkFreeSeats(snapshot: Snapshot, verdict: Verdict): void {
  const attempts = attemptsOf(snapshot);
  for (const { courseId, userId, ticket } of snapshot.places) {
    const [course, free] = [snapshot.courses.get(courseId), freeSeatsOf(snapshot.seats.get(courseId))];
    const isOffered = course?.status === 'open' && free > 0;
    const obstacle = isOffered ? obstacleOf(course, userId, snapshot, attempts.get(userId)) : 'no free seat';
    if (isOffered && obstacle) verdict.note(`places kept beside a free seat for ${obstacle}`);
    verdict.expect(
      obstacle !== undefined,
      () => `${userId} waits for ${courseId} with ticket ${ticket}, and ${free} seats are free`,
      courseId,
    );
  }
}

function freeSeatsOf(seats: SeatsRow | undefined): number {
  return seats ? Math.max(0, seats.capacity - seats.enrolledCount) : 0;
}

/** Why this student cannot take a seat of the course now; by the same rules as a promotion, written a second time. */
function obstacleOf(
  course: CourseState,
  userId: string,
  { students, offerings, creditLimit }: Snapshot,
  attempts: readonly Attempt[] = [],
): string | undefined {
  const entries = students.get(userId)?.entries ?? [];
  const seated = entries.filter(({ courseId, status }) => courseId !== course.id && holdsSeat(status));
  if (seated.some(({ code }) => same(code, course.code))) return 'already_enrolled';
  if (missingFor(course, attempts)) return 'prerequisite_not_met';
  if (seated.some((entry) => clashes(entry, course, offerings))) return 'time_conflict';
  const credits = seated.reduce((sum, entry) => sum + entry.credits, course.credits);
  return credits > creditLimit ? 'credit_limit_exceeded' : undefined;
}

function clashes(
  { courseId }: EntryRow,
  course: CourseState,
  offerings: ReadonlyMap<string, OfferingRow>,
): boolean {
  return meet(offerings.get(courseId)?.meetings ?? [], course.meetings);
}

const same = (one: string, other: string) => one.toUpperCase() === other.toUpperCase();

/** What students have completed, before the workload and in it. */
function attemptsOf({ facts, eligibility }: Snapshot): Map<string, Attempt[]> {
  const attempts = new Map([...eligibility.completions].map(([userId, own]) => [userId, [...own]]));
  for (const fact of [...facts.values()].flat()) {
    const { userId } = fact.data.enrollment;
    attempts.set(userId, [...(attempts.get(userId) ?? []), ...completed(fact)]);
  }
  return attempts;
}
